package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Decision.Denied;
import dev.osmo.exchange.exchange.Decision.Permitted;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.exchange.Presentation.Standing;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.pat.PresentedPat;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.Verdict;
import dev.osmo.exchange.pat.VerifiedSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
public class Exchange {

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

  /** A JWT with what is left of the token's rights after the narrowing. */
  public Uni<ExchangeOutcome> exchange(String text, Narrowing narrowing) {
    return present(text)
        .map(presentation -> issue(presentation, narrowing))
        .invoke(ExchangeLog::write);
  }

  /** Everything before a JWT is signed: whether this text is a token that may be exchanged now. */
  public Uni<Presentation> present(String text) {
    return PresentedPat.read(text).map(this::presentWellFormed).orElseGet(Exchange::invalid);
  }

  private Uni<Presentation> presentWellFormed(PresentedPat presented) {
    return storedPats.find(presented).chain(found -> presentFound(presented, found));
  }

  private Uni<Presentation> presentFound(PresentedPat presented, Optional<StoredPat> found) {
    return found.map(stored -> presentKnown(presented, stored)).orElseGet(Exchange::invalid);
  }

  private Uni<Presentation> presentKnown(PresentedPat presented, StoredPat stored) {
    return verifiedSecrets
        .verify(presented, stored.secret())
        .map(verdict -> afterVerification(verdict, stored));
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

  private ExchangeOutcome issue(Presentation presentation, Narrowing narrowing) {
    return switch (presentation) {
      case Refused refused -> refused;
      case Standing standing -> sign(standing, narrowing);
    };
  }

  private ExchangeOutcome sign(Standing standing, Narrowing narrowing) {
    StoredPat stored = standing.pat();
    List<String> roles = narrowing.of(stored.roles());
    return roles.isEmpty()
        ? new Refused(Refusal.OUT_OF_SCOPE, stored)
        : signer
            .sign(subject(standing, roles, narrowing.audience()))
            .<ExchangeOutcome>map(jwt -> new Issued(jwt, stored, roles))
            .orElseGet(() -> new Refused(Refusal.TOO_MANY_ROLES, stored));
  }

  private static JwtSubject subject(
      Standing standing, List<String> roles, @Nullable String audience) {
    StoredPat stored = standing.pat();
    return new JwtSubject(
        stored.owner().userId(),
        stored.id().value(),
        stored.name(),
        roles,
        audience,
        stored.readAt(),
        standing.until());
  }

  private static Uni<Presentation> invalid() {
    return Uni.createFrom().item(new Refused(Refusal.INVALID, null));
  }
}
