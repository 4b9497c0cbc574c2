package dev.osmo.token.pat.create;

import dev.osmo.http.issuer.TrustedIssuers;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.pat.create.NewToken.WithSecret;
import dev.osmo.token.pat.create.NewToken.WithTrust;
import dev.osmo.token.pat.rules.WorkloadTrust;
import dev.osmo.token.pat.store.IdempotencyKeys;
import dev.osmo.token.roles.Assignment;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
  private final TrustedIssuers issuers;
  private final Transactions transactions;

  CreateToken(
      CreationReader reader,
      Mint mint,
      TokenWriter writer,
      IdempotencyKeys keys,
      AuditLog audit,
      TrustedIssuers issuers,
      Transactions transactions) {
    this.reader = reader;
    this.mint = mint;
    this.writer = writer;
    this.keys = keys;
    this.audit = audit;
    this.issuers = issuers;
    this.transactions = transactions;
  }

  /** Creates the token, with a secret or with the requested trust in a workload. */
  public Uni<CreatedToken> create(CallerIdentity caller, CreationRequest request) {
    Optional<WorkloadTrust> trust = request.trust().map(requested -> requested.decide(issuers));
    return preview(caller, request)
        .chain(() -> newToken(trust))
        .call(token -> transactions.run(() -> store(caller, request, token)))
        .map(CreatedToken::of);
  }

  private Uni<NewToken> newToken(Optional<WorkloadTrust> trust) {
    return trust
        .<Uni<NewToken>>map(
            workload -> Uni.createFrom().item(new WithTrust(mint.newId(), workload)))
        .orElseGet(() -> mint.mint().map(WithSecret::new));
  }

  private Uni<Creation> preview(CallerIdentity caller, CreationRequest request) {
    Uni<Void> isNew =
        request.idempotency().isEmpty()
            ? Uni.createFrom().voidItem()
            : Panache.withSession(() -> requireNew(caller, request));
    return decide(request, reader.readUnlocked(caller, request), isNew);
  }

  private Uni<Void> store(CallerIdentity caller, CreationRequest request, NewToken token) {
    return decide(request, reader.readLocked(caller, request), requireNew(caller, request))
        .call(creation -> writer.insert(token, creation))
        .call(() -> keys.store(caller.userId(), request.idempotency(), token.id().value()))
        .chain(creation -> audit.append(creation.createdBy(), entry(token, creation)));
  }

  private Uni<Void> requireNew(CallerIdentity caller, CreationRequest request) {
    return keys.requireNew(caller.userId(), request.idempotency(), next(caller, request));
  }

  private static String next(CallerIdentity caller, CreationRequest request) {
    return request.trust().isPresent()
        ? ". It has no text."
        : ", and its text is not shown again. To get a new text: osmo token rotate "
            + request.name()
            + (caller.userId().equals(request.ownerId()) ? "" : " --user " + request.ownerId());
  }

  /**
   * Looks the idempotency key up after the facts: a repetition that finds its token's name taken by
   * the concurrent first request then also finds that request's key.
   */
  private static Uni<Creation> decide(
      CreationRequest request, Uni<CreationFacts> facts, Uni<Void> isNew) {
    return facts.call(() -> isNew).map(read -> Creation.decide(request, read));
  }

  private static AuditEntry entry(NewToken token, Creation creation) {
    Map<String, Object> details = new HashMap<>();
    details.put("name", creation.name().value());
    details.put("expires_at", creation.expiresAt().toString());
    details.put("roles", creation.roles().stream().map(Assignment::role).toList());
    if (token instanceof WithTrust(var id, var trust)) {
      details.put("trusted_issuer", trust.issuer());
      details.put("trusted_audience", trust.audience());
      details.put("trusted_subject", trust.subject());
    }
    return AuditEntry.ofToken(
        AuditAction.TOKEN_CREATED, creation.ownerId(), token.id().value(), details);
  }
}
