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
import dev.osmo.token.pat.store.TokenView;
import dev.osmo.token.pat.store.Tokens;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: permanently revoke one token, which stays in the list. Any caller who can read a token
 * can revoke it. Tokens that were created with it remain.
 */
@ApplicationScoped
public class RevokeToken {

  private final TokenFinder finder;
  private final TokenChanges changes;
  private final DerivedTokens derived;
  private final Tokens tokens;
  private final AuditLog audit;

  RevokeToken(
      TokenFinder finder,
      TokenChanges changes,
      DerivedTokens derived,
      Tokens tokens,
      AuditLog audit) {
    this.finder = finder;
    this.changes = changes;
    this.derived = derived;
    this.tokens = tokens;
    this.audit = audit;
  }

  /** Revoking a revoked token changes nothing. */
  @WithTransaction
  public Uni<RevokedToken> revoke(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder.lock(caller, ownerId, address).call(this::revoke).chain(this::view);
  }

  /** Writes an audit event only when something changed. */
  private Uni<Void> revoke(TargetToken target) {
    TokenRow token = target.token();
    RevocationReason reason = RevocationReason.of(target.caller(), token.userId());
    return changes
        .revoke(token.id(), reason.text())
        .chain(changed -> changed ? record(target, reason) : Uni.createFrom().voidItem());
  }

  private Uni<Void> record(TargetToken target, RevocationReason reason) {
    TokenRow token = target.token();
    return audit.append(
        target.caller().actor(),
        AuditEntry.ofToken(
            AuditAction.TOKEN_REVOKED,
            token.userId(),
            token.id(),
            Map.of("name", token.name(), "reason", reason.text())));
  }

  private Uni<RevokedToken> view(TargetToken target) {
    TokenRow token = target.token();
    return tokens
        .byId(token.userId(), token.id())
        .map(found -> TokenView.of(found.orElseThrow()))
        .chain(
            view -> derived.count(token.id()).map(remaining -> new RevokedToken(view, remaining)));
  }
}
