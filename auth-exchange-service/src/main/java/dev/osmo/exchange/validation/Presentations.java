package dev.osmo.exchange.validation;

import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.verification.Verdict;
import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.exchange.validation.Decision.Denied;
import dev.osmo.exchange.validation.Decision.Permitted;
import dev.osmo.exchange.validation.Presentation.Rejected;
import dev.osmo.exchange.validation.Presentation.Valid;
import dev.osmo.pat.PatText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything before a JWT is signed: whether a presented text is a token that may be exchanged now.
 *
 * <ol>
 *   <li>What has not the shape and checksum of a token costs no I/O.
 *   <li>What is not the token of a stored secret costs one indexed read and no Argon2.
 *   <li>A sender of too much junk costs no I/O either, but a token that was verified before is
 *       taken wherever it comes from.
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

  /** For an exchange: within the limits of the sender and of the token. */
  public Uni<Presentation> present(String text) {
    Caller caller = limits.caller();
    return admit(text, caller, pat -> caller.spendExchange(pat.id()));
  }

  /**
   * Whether the sender may have this text looked at at all, also as something else than a personal
   * access token: asked before any work is done for it.
   */
  public boolean mayBeLookedAt(String text) {
    return limits.caller().admits(PatText.parse(text));
  }

  /** For a credential: within the limits of the sender. */
  public Uni<Presentation> admit(String text) {
    return admit(text, limits.caller(), Presentations::always);
  }

  /** For a caller who was admitted and asks about another token: neither of them pays for it. */
  public Uni<Presentation> examine(String text) {
    return look(PatText.parse(text), Presentations::always);
  }

  private Uni<Presentation> admit(String text, Caller caller, Predicate<StoredPat> mayGoOn) {
    Optional<PatText> presented = PatText.parse(text);
    return caller.admits(presented)
        ? look(presented, mayGoOn).invoke(presentation -> countFailure(presentation, caller))
        : refused(Refusal.TOO_MANY_FAILURES, null);
  }

  private Uni<Presentation> look(Optional<PatText> presented, Predicate<StoredPat> mayGoOn) {
    return presented
        .map(pat -> storedPats.find(pat).chain(found -> verify(pat, found, mayGoOn)))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<Presentation> verify(
      PatText presented, Optional<StoredPat> found, Predicate<StoredPat> mayGoOn) {
    return found
        .map(stored -> verify(presented, stored, mayGoOn))
        .orElseGet(() -> refused(Refusal.INVALID, null));
  }

  private Uni<Presentation> verify(
      PatText presented, StoredPat stored, Predicate<StoredPat> mayGoOn) {
    return mayGoOn.test(stored)
        ? verifiedSecrets
            .verify(presented, stored.secret())
            .map(verdict -> afterVerification(verdict, stored))
        : refused(Refusal.TOO_MANY_EXCHANGES, stored);
  }

  private Presentation afterVerification(Verdict verdict, StoredPat stored) {
    return switch (verdict) {
      case GENUINE -> judge(stored);
      case FORGED -> new Rejected(Refusal.INVALID, stored);
      case BUSY -> new Rejected(Refusal.BUSY, stored);
    };
  }

  private Presentation judge(StoredPat stored) {
    return switch (policy.decide(stored, stored.readAt())) {
      case Denied denied -> new Rejected(denied.refusal(), stored);
      case Permitted permitted -> new Valid(stored, permitted.until());
    };
  }

  private static void countFailure(Presentation presentation, Caller caller) {
    if (presentation instanceof Rejected rejected && rejected.refusal() == Refusal.INVALID) {
      caller.failed();
    }
  }

  private static boolean always(StoredPat pat) {
    return true;
  }

  private static Uni<Presentation> refused(Refusal refusal, @Nullable StoredPat pat) {
    return Uni.createFrom().item(new Rejected(refusal, pat));
  }
}
