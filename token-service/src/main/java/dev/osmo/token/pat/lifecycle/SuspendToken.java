package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.store.CallerLimit;
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
 * Use cases: suspend and resume a token. Any caller who can read a token can suspend it. Resuming
 * has the same limits as creating.
 */
@ApplicationScoped
public class SuspendToken {

  private final TokenFinder finder;
  private final TokenChanges changes;
  private final Tokens tokens;
  private final AuditLog audit;

  SuspendToken(TokenFinder finder, TokenChanges changes, Tokens tokens, AuditLog audit) {
    this.finder = finder;
    this.changes = changes;
    this.tokens = tokens;
    this.audit = audit;
  }

  @WithTransaction
  public Uni<TokenView> suspend(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder
        .lock(caller, ownerId, address)
        .chain(target -> change(target, true, AuditAction.TOKEN_SUSPENDED));
  }

  @WithTransaction
  public Uni<TokenView> resume(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder
        .lock(caller, ownerId, address)
        .invoke(target -> new CallerLimit(target.caller()).requireCovers(target.token()))
        .chain(target -> change(target, false, AuditAction.TOKEN_RESUMED));
  }

  /** Writes an audit event only when something changed. */
  private Uni<TokenView> change(TargetToken target, boolean suspended, AuditAction action) {
    TokenRow token = target.token();
    return changes
        .suspend(token.id(), suspended)
        .chain(changed -> changed ? record(target, action) : Uni.createFrom().voidItem())
        .chain(() -> tokens.byId(token.userId(), token.id()))
        .map(found -> TokenView.of(found.orElseThrow()));
  }

  private Uni<Void> record(TargetToken target, AuditAction action) {
    TokenRow token = target.token();
    return audit.append(
        target.caller().actor(),
        AuditEntry.ofToken(action, token.userId(), token.id(), Map.of("name", token.name())));
  }
}
