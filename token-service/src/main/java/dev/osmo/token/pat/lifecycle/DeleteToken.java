package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.store.DerivedTokens;
import dev.osmo.token.pat.store.TargetToken;
import dev.osmo.token.pat.store.TokenAddress;
import dev.osmo.token.pat.store.TokenFinder;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.Tokens;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: delete a token with its secrets and its snapshot. Any caller who can read a token can
 * delete it. Tokens that were created with it remain.
 */
@ApplicationScoped
public class DeleteToken {

  private final TokenFinder finder;
  private final Tokens tokens;
  private final DerivedTokens derived;
  private final AuditLog audit;

  DeleteToken(TokenFinder finder, Tokens tokens, DerivedTokens derived, AuditLog audit) {
    this.finder = finder;
    this.tokens = tokens;
    this.derived = derived;
    this.audit = audit;
  }

  /** Returns how many tokens remain that were created with it. */
  @WithTransaction
  public Uni<Long> delete(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder.lock(caller, ownerId, address).chain(this::delete);
  }

  private Uni<Long> delete(TargetToken target) {
    TokenRow token = target.token();
    return derived
        .count(token.id())
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
