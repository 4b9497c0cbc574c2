package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.store.IdempotencyKeys;
import dev.osmo.token.roles.Assignment;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: create an access token.
 *
 * <ol>
 *   <li>A preview decides without a lock, so that a refused request costs no hash.
 *   <li>The token is minted outside any session: hashing takes long.
 *   <li>One transaction takes the owner's lock, reads the facts in separate statements, decides
 *       again and writes everything or nothing. A concurrent role removal either commits before the
 *       facts are read, or waits for the lock and then prunes the new snapshot.
 * </ol>
 */
@ApplicationScoped
public class CreateToken {

  private final CreationReader reader;
  private final Mint mint;
  private final TokenWriter writer;
  private final IdempotencyKeys keys;
  private final AuditLog audit;

  CreateToken(
      CreationReader reader, Mint mint, TokenWriter writer, IdempotencyKeys keys, AuditLog audit) {
    this.reader = reader;
    this.mint = mint;
    this.writer = writer;
    this.keys = keys;
    this.audit = audit;
  }

  /** Returns the token's text, which no later response contains. */
  public Uni<PatText> create(CallerIdentity caller, CreationRequest request) {
    return Panache.withSession(() -> preview(caller, request))
        .chain(() -> mint.mint())
        .call(minted -> Panache.withTransaction(() -> store(caller, request, minted)))
        .map(MintedPat::text);
  }

  private Uni<Creation> preview(CallerIdentity caller, CreationRequest request) {
    return decide(caller, request, reader.readUnlocked(caller, request));
  }

  private Uni<Void> store(CallerIdentity caller, CreationRequest request, MintedPat minted) {
    return decide(caller, request, reader.readLocked(caller, request))
        .call(creation -> writer.insert(minted, creation))
        .call(() -> keys.store(caller.userId(), request.idempotency(), minted.id().value()))
        .chain(creation -> audit.append(creation.createdBy(), entry(minted.id(), creation)));
  }

  /**
   * Looks the idempotency key up after the facts: a repetition that finds its token's name taken by
   * the concurrent first request then also finds that request's key.
   */
  private Uni<Creation> decide(
      CallerIdentity caller, CreationRequest request, Uni<CreationFacts> facts) {
    return facts
        .call(
            () ->
                keys.requireNew(
                    caller.userId(), request.idempotency(), request.ownerId(), request.name()))
        .map(read -> Creation.decide(request, read));
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
