package dev.osmo.token.audit.search;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.problem.TokenProblem;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The actions of audit events: those that this service records, and those that triggers and
 * functions of the database record. An unknown action is refused, because an empty result would
 * look like "it never happened".
 */
final class KnownActions {
  private static final Set<String> OF_THE_DATABASE =
      new TreeSet<>(
          Set.of(
              "access.denied",
              "database.accepted",
              "notice.abandoned",
              "notice.delivered",
              "policy.changed",
              "role.pruned",
              "secret.added",
              "secret.reused",
              "secret.revoked",
              "session.ended",
              "signing-key.active",
              "signing-key.gone",
              "signing-key.pending",
              "signing-key.retiring",
              "signing-key.revoked",
              "token.purged"));

  private KnownActions() {}

  static Set<String> all() {
    Set<String> all = new TreeSet<>(OF_THE_DATABASE);
    Stream.of(AuditAction.values()).map(AuditAction::storedName).forEach(all::add);
    return all;
  }

  static @Nullable String require(@Nullable String action) {
    if (action != null && !all().contains(action)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "There is no such action. The actions are " + String.join(", ", all()) + ".")
          .toException();
    }
    return action;
  }
}
