package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.CallerLimit;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import dev.osmo.token.problem.TokenProblem;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rotation that is allowed: which secrets end when, and when the token ends.
 *
 * @param stays the secret that is good beside the new one, until {@code oldSecretValidUntil}
 * @param lost the newer of two, which nobody has exchanged: the new one takes its place
 * @param outlived the older of two, which ends at once when the newer one stays
 */
public record Rotation(
    TokenRow token,
    UUID stays,
    Optional<UUID> lost,
    Optional<UUID> outlived,
    Instant oldSecretValidUntil,
    Instant expiresAt) {

  static final Refusal NEWER_IN_USE =
      new Refusal(
          TokenProblem.NEWER_SECRET_IN_USE,
          "This token was rotated and its newer secret is in use. Rotate with the newer one.");
  private static final Refusal GONE =
      new Refusal(
          TokenProblem.CONFLICT, "The token was deleted while this ran. Read the current state.");

  /**
   * The secret that stays is the newest that somebody uses. A newer one that nobody ever exchanged
   * is a lost answer: the new one takes its place. One that is in use cannot be pushed out by who
   * holds the older one.
   */
  public static Rotation decide(RotationRequest wanted, RotationFacts facts, TokenPolicy policy) {
    refuseIfDead(facts);
    facts.caller().requireMayMakeSecrets();
    new CallerLimit(facts.caller()).requireCovers(facts.token());
    SecretRow stays = stays(facts);
    Instant now = facts.token().asOf();
    Instant graceEnd = earlier(now.plus(wanted.grace().decide(policy)), stays.validUntil());
    return new Rotation(
        facts.token(),
        stays.id(),
        otherThan(stays, facts.newer()),
        otherThan(stays, facts.older()),
        graceEnd,
        RenewedExpiry.decide(wanted.expiry(), facts, policy));
  }

  public boolean movesExpiry() {
    return !expiresAt.equals(token.expiresAt());
  }

  private static Optional<UUID> otherThan(SecretRow stays, Optional<SecretRow> secret) {
    return secret.map(SecretRow::id).filter(id -> !id.equals(stays.id()));
  }

  private static SecretRow stays(RotationFacts facts) {
    Optional<SecretRow> newer = facts.newer();
    Optional<SecretRow> older = facts.older();
    if (newer.isEmpty() || older.isEmpty()) {
      return newer.or(() -> older).orElseThrow(GONE::toException);
    }
    if (!facts.isInUse(newer.get())) {
      return older.get();
    }
    if (facts.isByItself() && !facts.wasExchangedForThisLogin(newer.get())) {
      throw NEWER_IN_USE.toException();
    }
    return newer.get();
  }

  private static void refuseIfDead(RotationFacts facts) {
    if (facts.owner().disabled()) {
      throw new Refusal(TokenProblem.USER_DISABLED, "User " + facts.owner().id() + " is disabled.")
          .toException();
    }
    if (facts.token().state() != TokenState.ACTIVE) {
      throw new Refusal(
              TokenProblem.TOKEN_NOT_ACTIVE,
              "Access token "
                  + facts.token().name()
                  + " is "
                  + facts.token().state().shown()
                  + "; only an Active one can be rotated.")
          .toException();
    }
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }
}
