package dev.osmo.exchange.exchange;

import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.exchange.pat.StoredSecret;
import dev.osmo.exchange.pat.StoredTrust;
import dev.osmo.exchange.pat.verification.SecretCheck;
import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.pat.PatText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Validates a presented access token: everything that happens before a JWT is signed.
 *
 * <ol>
 *   <li>A text without the shape and checksum of a token costs no I/O.
 *   <li>A text that is not the token of a stored secret costs one indexed read and no Argon2.
 *   <li>An address that sent too many invalid tokens has one look-up at a time. Its invalid tokens
 *       are refused alike, whether they were looked up or not and whether they once existed or not.
 *       A valid token is accepted from any address.
 *   <li>The roles come from a read that began after the request arrived.
 *   <li>Any fault fails the Uni and never yields a valid token.
 * </ol>
 */
@Singleton
public class PatValidation {

  private final StoredPats storedPats;
  private final VerifiedSecrets verifiedSecrets;
  private final Limits limits;
  private final ExchangePolicy policy;

  PatValidation(
      StoredPats storedPats, VerifiedSecrets verifiedSecrets, Limits limits, JwtSigner signer) {
    this.storedPats = storedPats;
    this.verifiedSecrets = verifiedSecrets;
    this.limits = limits;
    this.policy = new ExchangePolicy(signer.ttl());
  }

  /** Validates a token for an exchange. Counts against the limits of the address and the token. */
  Uni<Validation> validateForExchange(String text) {
    Caller caller = limits.caller();
    return validate(text, caller, pat -> caller.spendExchange(pat.id()));
  }

  /**
   * Whether the limit of invalid tokens allows the caller's address to present this text. Called
   * before any work is done for a text that may be another kind of token.
   */
  public boolean isAdmitted(String text) {
    return PatText.parse(text).isPresent() || limits.caller().isAdmitted();
  }

  /** Validates the caller's own credential. Counts against the limit of the address only. */
  public Uni<Validation> validateCredential(String text) {
    return validate(text, limits.caller(), PatValidation::always);
  }

  /** Validates a token that an authenticated caller introspects. Counts against no limit. */
  public Uni<Validation> validateSubject(String text) {
    return find(PatText.parse(text), PatValidation::always);
  }

  private Uni<Validation> validate(String text, Caller caller, Predicate<StoredPat> mayGoOn) {
    return PatText.parse(text)
        .map(presented -> lookUp(presented, caller, mayGoOn))
        .orElseGet(() -> refused(RefusalReason.INVALID, null))
        .map(validation -> countFailure(validation, caller));
  }

  private Uni<Validation> lookUp(PatText presented, Caller caller, Predicate<StoredPat> mayGoOn) {
    return caller.beginLookup(presented)
        ? Uni.createFrom()
            .deferred(() -> find(Optional.of(presented), mayGoOn))
            .onTermination()
            .invoke(caller::endLookup)
        : refused(RefusalReason.TOO_MANY_FAILURES, null);
  }

  private Uni<Validation> find(Optional<PatText> presented, Predicate<StoredPat> mayGoOn) {
    return presented
        .map(pat -> storedPats.find(pat).chain(found -> verify(pat, found, mayGoOn)))
        .orElseGet(() -> refused(RefusalReason.INVALID, null));
  }

  private Uni<Validation> verify(
      PatText presented, Optional<StoredPat> found, Predicate<StoredPat> mayGoOn) {
    if (found.isEmpty()) {
      verifiedSecrets.forget(presented);
      return refused(RefusalReason.INVALID, null);
    }
    return verify(presented, found.get(), mayGoOn);
  }

  private Uni<Validation> verify(
      PatText presented, StoredPat stored, Predicate<StoredPat> mayGoOn) {
    if (!mayGoOn.test(stored)) {
      return refused(RefusalReason.TOO_MANY_EXCHANGES, stored);
    }
    return switch (stored.credential()) {
      case StoredSecret secret ->
          verifiedSecrets.verify(presented, secret).map(check -> afterCheck(check, stored));
      case StoredTrust trust -> refused(RefusalReason.INVALID, stored);
    };
  }

  private Validation afterCheck(SecretCheck check, StoredPat stored) {
    return switch (check) {
      case MATCH -> policy.decide(stored, stored.readAt());
      case MISMATCH -> new Refused(RefusalReason.INVALID, stored);
      case BUSY -> new Refused(RefusalReason.BUSY, stored);
    };
  }

  /** Hides whether an invalid token was looked up once the address has sent too many. */
  private static Validation countFailure(Validation validation, Caller caller) {
    return validation instanceof Refused(RefusalReason reason, var pat, var ignored)
            && reason == RefusalReason.INVALID
            && !caller.failed()
        ? new Refused(RefusalReason.TOO_MANY_FAILURES, pat)
        : validation;
  }

  private static boolean always(StoredPat pat) {
    return true;
  }

  private static Uni<Validation> refused(RefusalReason reason, @Nullable StoredPat pat) {
    return Uni.createFrom().item(new Refused(reason, pat));
  }
}
