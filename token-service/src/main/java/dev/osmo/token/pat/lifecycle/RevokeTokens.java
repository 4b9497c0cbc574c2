package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.session.LoginSessions;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Use case: an administrator permanently revokes all active and suspended tokens of a user, and
 * ends the user's sessions: whoever has one could create another token at once.
 */
@ApplicationScoped
public class RevokeTokens {

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final TokenChanges changes;
  private final LoginSessions sessions;
  private final AuditLog audit;

  RevokeTokens(
      UserLocks owners,
      CurrentPermissions permissions,
      TokenChanges changes,
      LoginSessions sessions,
      AuditLog audit) {
    this.owners = owners;
    this.permissions = permissions;
    this.changes = changes;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Returns how many tokens were revoked. */
  @WithTransaction
  public Uni<Integer> ofOwner(CallerIdentity caller, String ownerId, RevocationReason reason) {
    return owners
        .lock(ownerId)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(owner -> sessions.endAll(caller.actor(), owner.id(), reason.text()))
        .chain(
            owner ->
                changes
                    .revokeAll(owner.id(), reason.text())
                    .call(revoked -> record(caller.actor(), owner.id(), revoked, reason)))
        .map(List::size);
  }

  /** One event per token, so that each token's trail shows its revocation. */
  private Uni<Void> record(
      Actor actor, String ownerId, List<String> revoked, RevocationReason reason) {
    return Multi.createFrom()
        .iterable(revoked)
        .map(id -> entry(ownerId, id, reason))
        .onItem()
        .transformToUniAndConcatenate(entry -> audit.append(actor, entry))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static AuditEntry entry(String ownerId, String id, RevocationReason reason) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_REVOKED, ownerId, id, Map.of("reason", reason.text()));
  }
}
