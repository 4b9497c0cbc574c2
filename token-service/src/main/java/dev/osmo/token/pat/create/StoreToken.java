package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.store.KnownRequests;
import dev.osmo.token.roles.Assignment;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * The transaction of a creation: the owner's lock, then the facts in statements of their own, then
 * the decision, then everything or nothing. A removal that runs beside it either commits before the
 * facts are read, or waits for the lock and then finds the snapshot it has to prune.
 */
@ApplicationScoped
class StoreToken {

  private final TokenWriter writer;
  private final CreationReader reader;
  private final KnownRequests known;
  private final AuditLog audit;

  StoreToken(TokenWriter writer, CreationReader reader, KnownRequests known, AuditLog audit) {
    this.known = known;
    this.writer = writer;
    this.reader = reader;
    this.audit = audit;
  }

  /** The decision as it would fall now, without a lock, so that a refusal costs no hash. */
  @WithSession
  Uni<Void> preview(CallerIdentity caller, NewToken wanted) {
    return decide(caller, wanted, reader.readUnlocked(caller, wanted)).replaceWithVoid();
  }

  @WithTransaction
  Uni<Void> store(CallerIdentity caller, NewToken wanted, MintedPat minted) {
    return decide(caller, wanted, reader.readLocked(caller, wanted))
        .call(creation -> writer.insert(minted, creation))
        .call(() -> known.remember(caller.userId(), wanted.idempotency(), minted.id().value()))
        .chain(creation -> audit.append(creation.createdBy(), entry(minted.id(), creation)));
  }

  /**
   * The key is looked up last: whoever finds the name taken by the same request, which ran beside
   * this one, then finds its key as well.
   */
  private Uni<Creation> decide(CallerIdentity caller, NewToken wanted, Uni<CreationFacts> read) {
    return read.call(
            () ->
                known.requireNew(
                    caller.userId(), wanted.idempotency(), wanted.ownerId(), wanted.name()))
        .map(facts -> Creation.decide(wanted, facts));
  }

  private static AuditEntry entry(PatId id, Creation creation) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_CREATED,
        creation.ownerId(),
        id.value(),
        Map.of(
            "name", creation.name().value(),
            "expires_at", creation.expiresAt().toString(),
            "roles", creation.roles().stream().map(Assignment::role).toList()));
  }
}
