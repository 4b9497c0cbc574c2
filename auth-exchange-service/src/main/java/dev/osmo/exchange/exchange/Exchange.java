package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Decision.Denied;
import dev.osmo.exchange.exchange.Decision.Permitted;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.pat.PresentedPat;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.Verdict;
import dev.osmo.exchange.pat.VerifiedSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Presented text in, JWT or refusal out.
 *
 * <ol>
 *   <li>What has not the shape and checksum of a token costs no I/O.
 *   <li>What is not the token of a stored secret costs one indexed read and no Argon2.
 *   <li>The roles are those of a read that began after the request arrived, and {@code iat} is that
 *       read's database time.
 *   <li>Any fault on the way fails the Uni: never a token.
 * </ol>
 */
@Singleton
class Exchange {

  private final StoredPats storedPats;
  private final VerifiedSecrets verifiedSecrets;
  private final JwtSigner signer;
  private final ExchangePolicy policy;

  Exchange(StoredPats storedPats, VerifiedSecrets verifiedSecrets, JwtSigner signer) {
    this.storedPats = storedPats;
    this.verifiedSecrets = verifiedSecrets;
    this.signer = signer;
    this.policy = new ExchangePolicy(signer.ttl());
  }

  Uni<ExchangeOutcome> exchange(String text) {
    return PresentedPat.read(text)
        .map(this::exchangeWellFormed)
        .orElseGet(Exchange::invalid)
        .invoke(ExchangeLog::write);
  }

  private Uni<ExchangeOutcome> exchangeWellFormed(PresentedPat presented) {
    return storedPats.find(presented).chain(found -> exchangeFound(presented, found));
  }

  private Uni<ExchangeOutcome> exchangeFound(PresentedPat presented, Optional<StoredPat> found) {
    return found.map(stored -> exchangeKnown(presented, stored)).orElseGet(Exchange::invalid);
  }

  private Uni<ExchangeOutcome> exchangeKnown(PresentedPat presented, StoredPat stored) {
    return verifiedSecrets
        .verify(presented, stored.secret())
        .map(verdict -> afterVerification(verdict, stored));
  }

  private ExchangeOutcome afterVerification(Verdict verdict, StoredPat stored) {
    return switch (verdict) {
      case GENUINE -> judge(stored);
      case FORGED -> new Refused(Refusal.INVALID, stored);
      case BUSY -> new Refused(Refusal.BUSY, stored);
    };
  }

  private ExchangeOutcome judge(StoredPat stored) {
    return switch (policy.decide(stored, stored.readAt())) {
      case Denied denied -> new Refused(denied.refusal(), stored);
      case Permitted permitted -> sign(stored, permitted.until());
    };
  }

  private ExchangeOutcome sign(StoredPat stored, Instant until) {
    return signer
        .sign(subject(stored, until))
        .<ExchangeOutcome>map(jwt -> new Issued(jwt, stored))
        .orElseGet(() -> new Refused(Refusal.TOO_MANY_ROLES, stored));
  }

  private static JwtSubject subject(StoredPat stored, Instant until) {
    return new JwtSubject(
        stored.owner().userId(),
        stored.id().value(),
        stored.name(),
        stored.roles(),
        stored.readAt(),
        until);
  }

  private static Uni<ExchangeOutcome> invalid() {
    return Uni.createFrom().item(new Refused(Refusal.INVALID, null));
  }
}
