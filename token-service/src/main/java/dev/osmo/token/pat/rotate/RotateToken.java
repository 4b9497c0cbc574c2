package dev.osmo.token.pat.rotate;

import dev.osmo.pat.PatId;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.TargetToken;
import dev.osmo.token.pat.store.TokenFinder;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: rotate a token. As for a creation, a preview without a lock comes first, then the hash
 * outside any session, then one transaction under the owner's lock.
 */
@ApplicationScoped
public class RotateToken {

  private final TokenFinder finder;
  private final Secrets secrets;
  private final Mint mint;
  private final RotationWrites writes;
  private final AuditLog audit;
  private final Transactions transactions;
  private final TokenPolicy policy;

  RotateToken(
      TokenFinder finder,
      Secrets secrets,
      Mint mint,
      RotationWrites writes,
      AuditLog audit,
      Transactions transactions,
      TokenServiceSettings settings) {
    this.finder = finder;
    this.secrets = secrets;
    this.mint = mint;
    this.writes = writes;
    this.audit = audit;
    this.transactions = transactions;
    this.policy = TokenPolicy.of(settings);
  }

  public Uni<RotationView> rotate(CallerIdentity caller, RotationRequest request) {
    return Panache.withSession(() -> preview(caller, request))
        .chain(() -> mint.mint())
        .chain(minted -> transactions.run(() -> store(caller, request, minted)));
  }

  private Uni<Rotation> preview(CallerIdentity caller, RotationRequest request) {
    return finder
        .find(caller, request.ownerId(), request.token())
        .chain(this::facts)
        .map(facts -> Rotation.decide(request, facts, policy));
  }

  private Uni<RotationView> store(
      CallerIdentity caller, RotationRequest request, MintedPat minted) {
    return finder
        .lock(caller, request.ownerId(), request.token())
        .chain(this::facts)
        .chain(facts -> write(facts.caller(), Rotation.decide(request, facts, policy), minted))
        .map(rotation -> RotationView.of(rotation, minted.text()));
  }

  private Uni<RotationFacts> facts(TargetToken target) {
    return secrets
        .live(target.token().id())
        .map(live -> new RotationFacts(target.caller(), target.owner(), target.token(), live));
  }

  private Uni<Rotation> write(CallerIdentity caller, Rotation rotation, MintedPat minted) {
    return writes
        .endReplaced(rotation)
        .chain(
            () ->
                secrets.insert(
                    minted.forToken(new PatId(rotation.token().id())),
                    caller.login().secretId().orElse(null)))
        .chain(() -> writes.endAfterGrace(rotation))
        .chain(() -> writes.moveExpiry(rotation))
        .chain(() -> audit.append(caller.actor(), entry(rotation)))
        .replaceWith(rotation);
  }

  private static AuditEntry entry(Rotation rotation) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_ROTATED,
        rotation.token().userId(),
        rotation.token().id(),
        Map.of(
            "name", rotation.token().name(),
            "expires_at", rotation.expiresAt().toString(),
            "old_secret_valid_until", rotation.oldSecretValidUntil().toString()));
  }
}
