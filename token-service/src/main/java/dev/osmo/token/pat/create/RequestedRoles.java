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
 * The requested roles. If a request names none, it requests all roles that the caller may assign. A
 * repeated role has no effect.
 */
record RequestedRoles(Set<RoleName> named) {

  private static final Refusal NOT_HELD =
      new Refusal(
          TokenProblem.ROLES_NOT_HELD,
          "User does not have all the requested roles. Token creation failed.");
  private static final Refusal NONE =
      new Refusal(
          TokenProblem.ROLES_NOT_HELD, "At least one role must be specified for the access token.");

  RequestedRoles {
    named = Set.copyOf(named);
  }

  static RequestedRoles of(List<String> names) {
    return new RequestedRoles(names.stream().map(RoleName::new).collect(Collectors.toSet()));
  }

  /**
   * Returns the assignments for the snapshot, or fails with a refusal.
   *
   * @param held the owner's current assignments
   * @param isAssignable the roles that the caller's JWT allows
   */
  List<Assignment> decide(List<Assignment> held, Predicate<RoleName> isAssignable) {
    Set<RoleName> heldNames = held.stream().map(Assignment::role).collect(Collectors.toSet());
    if (!heldNames.containsAll(named)) {
      throw NOT_HELD.toException();
    }
    Set<RoleName> notAllowed = new TreeSet<>(named);
    notAllowed.removeIf(isAssignable);
    if (!notAllowed.isEmpty()) {
      throw exceedsLogin(notAllowed).toException();
    }
    List<Assignment> chosen =
        held.stream()
            .filter(one -> isAssignable.test(one.role()) && isRequested(one.role()))
            .toList();
    if (chosen.isEmpty()) {
      throw NONE.toException();
    }
    return chosen;
  }

  private boolean isRequested(RoleName role) {
    return named.isEmpty() || named.contains(role);
  }

  private static Refusal exceedsLogin(Set<RoleName> roles) {
    return new Refusal(
        TokenProblem.EXCEEDS_LOGIN,
        "The calling access token does not carry "
            + roles.stream().map(RoleName::value).collect(Collectors.joining(", "))
            + ". A token that it creates cannot carry more roles.");
  }
}
