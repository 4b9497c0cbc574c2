package dev.osmo.token.pat;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: a token is deleted, with its secrets and its snapshot. Deleting is always allowed to
 * who may see it. Tokens that were made with it stay.
 */
@ApplicationScoped
class DeleteToken {

  private final TokenFinder finder;
  private final Tokens tokens;
  private final TokenChanges changes;
  private final AuditLog audit;

  DeleteToken(TokenFinder finder, Tokens tokens, TokenChanges changes, AuditLog audit) {
    this.finder = finder;
    this.tokens = tokens;
    this.changes = changes;
    this.audit = audit;
  }

  /** How many tokens remain that were made with it. */
  @WithTransaction
  Uni<Long> delete(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder.lock(caller, ownerId, address).chain(this::delete);
  }

  private Uni<Long> delete(TargetToken target) {
    TokenRow token = target.token();
    return changes
        .countDerived(token.id())
        .call(() -> tokens.remove(token.id()))
        .call(remaining -> audit.append(target.caller().actor(), entry(token, remaining)));
  }

  private static AuditEntry entry(TokenRow token, long remaining) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_DELETED,
        token.userId(),
        token.id(),
        Map.of("name", token.name(), "derived_tokens", remaining));
  }
}
