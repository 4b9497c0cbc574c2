package dev.osmo.token.pat.rotate;

import dev.osmo.pat.PatId;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.TargetToken;
import dev.osmo.token.pat.store.TokenFinder;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The transaction of a rotation: the owner's lock, the facts, the decision, all or nothing. */
@ApplicationScoped
class StoreRotation {

  private final TokenFinder finder;
  private final Secrets secrets;
  private final RotationWrites writes;
  private final AuditLog audit;
  private final TokenPolicy policy;

  StoreRotation(
      TokenFinder finder,
      Secrets secrets,
      RotationWrites writes,
      AuditLog audit,
      TokenServiceSettings settings) {
    this.finder = finder;
    this.secrets = secrets;
    this.writes = writes;
    this.audit = audit;
    this.policy = TokenPolicy.of(settings);
  }

  /** The decision as it would fall now, without a lock, so that a refusal costs no hash. */
  @WithSession
  Uni<Void> preview(CallerIdentity caller, RotationRequest wanted) {
    return finder
        .find(caller, wanted.ownerId(), wanted.token())
        .chain(this::facts)
        .map(facts -> Rotation.decide(wanted, facts, policy))
        .replaceWithVoid();
  }

  @WithTransaction
  Uni<Rotation> store(CallerIdentity caller, RotationRequest wanted, MintedPat minted) {
    return finder
        .lock(caller, wanted.ownerId(), wanted.token())
        .chain(this::facts)
        .chain(facts -> write(facts.caller(), Rotation.decide(wanted, facts, policy), minted));
  }

  private Uni<RotationFacts> facts(TargetToken target) {
    return secrets
        .of(target.token().id())
        .map(all -> new RotationFacts(target.caller(), target.owner(), target.token(), all));
  }

  private Uni<Rotation> write(CallerIdentity caller, Rotation rotation, MintedPat minted) {
    return writes
        .endReplaced(rotation)
        .chain(() -> secrets.insert(minted.forToken(new PatId(rotation.token().id()))))
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
