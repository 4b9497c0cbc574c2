package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Use case: an administrator ends all tokens of a user that could still be used, or woken, for
 * good.
 */
@ApplicationScoped
public class RevokeTokens {

  private final UserLocks owners;
  private final CurrentPermissions rights;
  private final TokenChanges changes;
  private final AuditLog audit;

  RevokeTokens(UserLocks owners, CurrentPermissions rights, TokenChanges changes, AuditLog audit) {
    this.owners = owners;
    this.rights = rights;
    this.changes = changes;
    this.audit = audit;
  }

  /** How many ended. */
  @WithTransaction
  public Uni<Integer> ofOwner(CallerIdentity caller, String ownerId, RevocationReason reason) {
    return owners
        .lock(ownerId)
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(() -> changes.revokeAll(ownerId, reason.text()))
        .call(ended -> noted(caller.actor(), ownerId, ended, reason))
        .map(List::size);
  }

  /** One event for each token, so that the trail of a token tells its end. */
  private Uni<Void> noted(
      Actor actor, String ownerId, List<String> ended, RevocationReason reason) {
    return Multi.createFrom()
        .iterable(ended)
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
