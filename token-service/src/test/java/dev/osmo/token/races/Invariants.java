package dev.osmo.token.races;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the tokens that a history of acknowledged steps created. */
record Invariants(List<Done> history, List<Outcome> tokens) {

  List<String> violations() {
    List<String> wrong = new ArrayList<>();
    history.stream().filter(done -> done.status() >= 500).forEach(d -> wrong.add("failed: " + d));
    for (Outcome token : tokens) {
      Optional<Done> creation =
          history.stream().filter(done -> done.request().equals(token.request())).findFirst();
      onlyShrunk(token).ifPresent(wrong::add);
      creation.ifPresent(done -> check(token, done, wrong));
    }
    return wrong;
  }

  private void check(Outcome token, Done creation, List<String> wrong) {
    for (String role : Interleaving.ROLES) {
      if (token.effective().contains(role) && removals(role).anyMatch(creation::isBefore)) {
        wrong.add(
            "I5 the role " + role + " is on a token that is older than its removal: " + token);
      }
      if (token.created().contains(role) && goneAtCreation(role, creation)) {
        wrong.add("I6 the role " + role + " was not held when the token was created: " + token);
      }
      if (token.created().contains(role) && goneFromTheLogin(role, creation)) {
        wrong.add("I6 the login had lost the role " + role + " before: " + token);
      }
    }
  }

  private static Optional<String> onlyShrunk(Outcome token) {
    return token.created().containsAll(token.snapshot())
        ? Optional.empty()
        : Optional.of("I4 a token has grown: " + token);
  }

  /** The role was removed before the creation began, and was not assigned again in between. */
  private boolean goneAtCreation(String role, Done creation) {
    return removals(role)
        .filter(removal -> removal.isBefore(creation))
        .anyMatch(
            removal -> grants(role).noneMatch(grant -> mayBeBetween(removal, grant, creation)));
  }

  private static boolean mayBeBetween(Done removal, Done grant, Done creation) {
    return grant.overlapsOrFollows(removal) && grant.sent() < creation.answered();
  }

  /**
   * A role that a token has lost never returns to it, even if it is assigned again to its owner.
   */
  private boolean goneFromTheLogin(String role, Done creation) {
    return creation.step().kind() == Step.Kind.CREATE_BY_USER
        && removals(role).anyMatch(removal -> removal.isBefore(creation));
  }

  private Stream<Done> removals(String role) {
    return acknowledged(Step.Kind.REMOVE, role);
  }

  private Stream<Done> grants(String role) {
    return acknowledged(Step.Kind.GRANT, role);
  }

  private Stream<Done> acknowledged(Step.Kind kind, String role) {
    return history.stream()
        .filter(Done::succeeded)
        .filter(done -> done.step().kind() == kind && done.step().roles().contains(role));
  }
}
