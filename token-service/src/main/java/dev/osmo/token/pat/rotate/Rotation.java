package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.CallerLimit;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import dev.osmo.token.problem.TokenProblem;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An allowed rotation: which secrets expire when, and when the token expires.
 *
 * @param kept the secret that remains valid beside the new one, until {@code oldSecretValidUntil}
 * @param unused the newer of two secrets, which was never exchanged: the new secret replaces it
 * @param superseded the older of two secrets, which expires now because the newer one is kept
 */
record Rotation(
    TokenRow token,
    UUID kept,
    Optional<UUID> unused,
    Optional<UUID> superseded,
    Instant oldSecretValidUntil,
    Instant expiresAt) {

  /** In the last two, the new secret cannot be exchanged until somebody else changes that. */
  private static final Set<TokenState> ROTATED_IN =
      EnumSet.of(TokenState.ACTIVE, TokenState.NO_ROLES, TokenState.MUST_SIGN_IN);

  static final Refusal NEWER_IN_USE =
      new Refusal(
          TokenProblem.NEWER_SECRET_IN_USE,
          "This token was rotated and its newer secret is in use. Rotate with the newer secret.");
  private static final Refusal GONE =
      new Refusal(
          TokenProblem.CONFLICT,
          "The token was deleted during this request. Read its current state.");

  /**
   * Decides. The newest secret that is in use is kept. A newer one that was never exchanged was
   * lost with its response, so the new secret replaces it. The holder of the older secret cannot
   * replace one that is in use.
   */
  static Rotation decide(RotationRequest request, RotationFacts facts, TokenPolicy policy) {
    requireActive(facts);
    requireSecret(facts);
    facts.caller().requireMayCreateSecrets();
    new CallerLimit(facts.caller()).requireCovers(facts.token());
    SecretRow kept = kept(facts);
    Instant now = facts.token().asOf();
    Instant graceEnd = earlier(now.plus(request.grace().decide(policy)), kept.validUntil());
    return new Rotation(
        facts.token(),
        kept.id(),
        otherThan(kept, facts.newer()),
        otherThan(kept, facts.older()),
        graceEnd,
        RenewedExpiry.decide(request.expiry(), facts, policy));
  }

  boolean movesExpiry() {
    return !expiresAt.equals(token.expiresAt());
  }

  private static Optional<UUID> otherThan(SecretRow kept, Optional<SecretRow> secret) {
    return secret.map(SecretRow::id).filter(id -> !id.equals(kept.id()));
  }

  private static SecretRow kept(RotationFacts facts) {
    Optional<SecretRow> newer = facts.newer();
    Optional<SecretRow> older = facts.older();
    if (newer.isEmpty() || older.isEmpty()) {
      return newer.or(() -> older).orElseThrow(GONE::toException);
    }
    if (!facts.isInUse(newer.get())) {
      return older.get();
    }
    if (facts.isByItself() && !facts.wasExchangedForThisJwt(newer.get())) {
      throw NEWER_IN_USE.toException();
    }
    return newer.get();
  }

  private static void requireActive(RotationFacts facts) {
    if (facts.owner().disabled()) {
      throw new Refusal(TokenProblem.USER_DISABLED, "User " + facts.owner().id() + " is disabled.")
          .toException();
    }
    TokenState state = facts.token().state();
    if (!ROTATED_IN.contains(state)) {
      throw new Refusal(
              TokenProblem.TOKEN_NOT_ACTIVE,
              "Access token "
                  + facts.token().name()
                  + " is "
                  + state.shown()
                  + ". Only an active token can be rotated.")
          .toException();
    }
  }

  private static void requireSecret(RotationFacts facts) {
    if (facts.live().stream().anyMatch(secret -> secret.trust().isPresent())) {
      throw new Refusal(
              TokenProblem.NO_SECRET,
              "Access token "
                  + facts.token().name()
                  + " trusts a workload and has no secret to rotate.")
          .toException();
    }
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }
}
