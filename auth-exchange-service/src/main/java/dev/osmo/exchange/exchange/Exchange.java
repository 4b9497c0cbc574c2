package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Decision.Denied;
import dev.osmo.exchange.exchange.Decision.Permitted;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.pat.PresentedPat;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.Verdict;
import dev.osmo.exchange.pat.VerifiedSecrets;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Presented text in, JWT or refusal out.
 *
 * <ol>
 *   <li>What has not the shape and checksum of a token costs no I/O.
 *   <li>What is not the token of a stored secret costs one indexed read and no Argon2.
 *   <li>A caller who sends too much junk costs no I/O either, but a token that was verified before
 *       is exchanged wherever it comes from.
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
  private final ExchangeRecord record;
  private final Limits limits;
  private final ExchangePolicy policy;

  Exchange(
      StoredPats storedPats,
      VerifiedSecrets verifiedSecrets,
      JwtSigner signer,
      ExchangeRecord record,
      Limits limits) {
    this.storedPats = storedPats;
    this.verifiedSecrets = verifiedSecrets;
    this.signer = signer;
    this.record = record;
    this.limits = limits;
    this.policy = new ExchangePolicy(signer.ttl());
  }

  Uni<ExchangeOutcome> exchange(String text) {
    Timer.Sample started = Timer.start();
    Caller caller = limits.caller();
    return admit(PresentedPat.read(text), caller)
        .invoke(outcome -> countFailure(outcome, caller))
        .invoke(outcome -> record.answered(outcome, started))
        .onFailure()
        .invoke(() -> record.failed(started));
  }

  /** Who sent too much junk is not looked up any more, unless the token is known to be genuine. */
  private Uni<ExchangeOutcome> admit(Optional<PresentedPat> presented, Caller caller) {
    if (caller.failedTooOften() && presented.filter(verifiedSecrets::knows).isEmpty()) {
      caller.askToWait();
      return refused(Refusal.TOO_MANY_FAILURES, null);
    }
    return presented
        .map(pat -> exchangeWellFormed(pat, caller))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<ExchangeOutcome> exchangeWellFormed(PresentedPat presented, Caller caller) {
    return storedPats.find(presented).chain(found -> exchangeFound(presented, found, caller));
  }

  private Uni<ExchangeOutcome> exchangeFound(
      PresentedPat presented, Optional<StoredPat> found, Caller caller) {
    return found
        .map(stored -> exchangeKnown(presented, stored, caller))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<ExchangeOutcome> exchangeKnown(
      PresentedPat presented, StoredPat stored, Caller caller) {
    return caller.spend(stored.id())
        ? verifiedSecrets
            .verify(presented, stored.secret())
            .map(verdict -> afterVerification(verdict, stored))
        : refused(Refusal.TOO_MANY_EXCHANGES, stored);
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
        stored.secret().id(),
        stored.name(),
        stored.roles(),
        stored.readAt(),
        until);
  }

  private static void countFailure(ExchangeOutcome outcome, Caller caller) {
    if (outcome instanceof Refused refused && refused.refusal() == Refusal.INVALID) {
      caller.failed();
    }
  }

  private static Uni<ExchangeOutcome> refused(Refusal refusal, @Nullable StoredPat pat) {
    return Uni.createFrom().item(new Refused(refusal, pat));
  }
}
