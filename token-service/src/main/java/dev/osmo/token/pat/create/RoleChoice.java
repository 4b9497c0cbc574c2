package dev.osmo.token.pat.create;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.RoleName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the owner's roles a token takes: the named ones, or all that may be given. Naming one
 * twice is harmless.
 */
record RoleChoice(Set<RoleName> named) {

  private static final Refusal NOT_HELD =
      new Refusal(
          TokenProblem.ROLES_NOT_HELD,
          "User does not have all the requested roles. Token creation failed.");
  private static final Refusal NONE =
      new Refusal(
          TokenProblem.ROLES_NOT_HELD, "At least one role must be specified for the access token.");

  RoleChoice {
    named = Set.copyOf(named);
  }

  static RoleChoice of(List<String> names) {
    return new RoleChoice(names.stream().map(RoleName::new).collect(Collectors.toSet()));
  }

  /**
   * @param held what the owner holds now
   * @param mayGive what the caller's login allows of it
   */
  List<Assignment> decide(List<Assignment> held, Predicate<RoleName> mayGive) {
    Set<RoleName> heldNames = held.stream().map(Assignment::role).collect(Collectors.toSet());
    if (!heldNames.containsAll(named)) {
      throw NOT_HELD.toException();
    }
    Set<RoleName> tooMuch = new TreeSet<>(named);
    tooMuch.removeIf(mayGive);
    if (!tooMuch.isEmpty()) {
      throw exceedsLogin(tooMuch).toException();
    }
    List<Assignment> chosen =
        held.stream().filter(one -> mayGive.test(one.role()) && isWanted(one.role())).toList();
    if (chosen.isEmpty()) {
      throw NONE.toException();
    }
    return chosen;
  }

  private boolean isWanted(RoleName role) {
    return named.isEmpty() || named.contains(role);
  }

  private static Refusal exceedsLogin(Set<RoleName> roles) {
    return new Refusal(
        TokenProblem.EXCEEDS_LOGIN,
        "The token behind this login does not carry "
            + roles.stream().map(RoleName::value).collect(Collectors.joining(", "))
            + "; what it creates cannot carry more.");
  }
}
