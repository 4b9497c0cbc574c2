package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Decision.Denied;
import dev.osmo.exchange.exchange.Decision.Permitted;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.exchange.Presentation.Standing;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.pat.PresentedPat;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.Verdict;
import dev.osmo.exchange.pat.VerifiedSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything before a JWT is signed: whether a presented text is a token that may be exchanged now.
 *
 * <ol>
 *   <li>What has not the shape and checksum of a token costs no I/O.
 *   <li>What is not the token of a stored secret costs one indexed read and no Argon2.
 *   <li>A caller who sends too much junk costs no I/O either, but a token that was verified before
 *       is taken wherever it comes from.
 *   <li>The roles are those of a read that began after the request arrived.
 *   <li>Any fault on the way fails the Uni: never a token.
 * </ol>
 */
@Singleton
public class Presentations {

  private final StoredPats storedPats;
  private final VerifiedSecrets verifiedSecrets;
  private final Limits limits;
  private final ExchangePolicy policy;

  Presentations(
      StoredPats storedPats, VerifiedSecrets verifiedSecrets, Limits limits, JwtSigner signer) {
    this.storedPats = storedPats;
    this.verifiedSecrets = verifiedSecrets;
    this.limits = limits;
    this.policy = new ExchangePolicy(signer.ttl());
  }

  /** Counts against the limits of whoever sent the request that is being answered now. */
  public Uni<Presentation> present(String text) {
    Caller caller = limits.caller();
    return admit(PresentedPat.read(text), caller)
        .invoke(presentation -> countFailure(presentation, caller));
  }

  /** Who sent too much junk is not looked up any more, unless the token is known to be genuine. */
  private Uni<Presentation> admit(Optional<PresentedPat> presented, Caller caller) {
    if (caller.failedTooOften() && presented.filter(verifiedSecrets::knows).isEmpty()) {
      caller.askToWait();
      return refused(Refusal.TOO_MANY_FAILURES, null);
    }
    return presented
        .map(pat -> presentWellFormed(pat, caller))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<Presentation> presentWellFormed(PresentedPat presented, Caller caller) {
    return storedPats.find(presented).chain(found -> presentFound(presented, found, caller));
  }

  private Uni<Presentation> presentFound(
      PresentedPat presented, Optional<StoredPat> found, Caller caller) {
    return found
        .map(stored -> presentKnown(presented, stored, caller))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<Presentation> presentKnown(PresentedPat presented, StoredPat stored, Caller caller) {
    return caller.spend(stored.id())
        ? verifiedSecrets
            .verify(presented, stored.secret())
            .map(verdict -> afterVerification(verdict, stored))
        : refused(Refusal.TOO_MANY_EXCHANGES, stored);
  }

  private Presentation afterVerification(Verdict verdict, StoredPat stored) {
    return switch (verdict) {
      case GENUINE -> judge(stored);
      case FORGED -> new Refused(Refusal.INVALID, stored);
      case BUSY -> new Refused(Refusal.BUSY, stored);
    };
  }

  private Presentation judge(StoredPat stored) {
    return switch (policy.decide(stored, stored.readAt())) {
      case Denied denied -> new Refused(denied.refusal(), stored);
      case Permitted permitted -> new Standing(stored, permitted.until());
    };
  }

  private static void countFailure(Presentation presentation, Caller caller) {
    if (presentation instanceof Refused refused && refused.refusal() == Refusal.INVALID) {
      caller.failed();
    }
  }

  private static Uni<Presentation> refused(Refusal refusal, @Nullable StoredPat pat) {
    return Uni.createFrom().item(new Refused(refusal, pat));
  }
}
