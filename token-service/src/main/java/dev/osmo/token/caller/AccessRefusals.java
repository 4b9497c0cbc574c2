package dev.osmo.token.caller;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;

/** Why a JWT is refused. Every fault of a JWT or of its access token gets the same response. */
final class AccessRefusals {

  static final Refusal INVALID =
      new Refusal(HttpProblem.UNAUTHENTICATED, "The JWT is not valid. Sign in again.");
  static final Refusal RAW_PAT =
      new Refusal(
          TokenProblem.EXCHANGE_FIRST,
          "A personal access token is not accepted here. Exchange it for a JWT at POST /api/auth/jwt/access_token and send the JWT.");
  static final Refusal NO_KEYS =
      new Refusal(
          TokenProblem.KEYS_UNAVAILABLE,
          "The keys that verify JWTs are not available yet. Try again in a moment.");
  static final Refusal NOT_ADMINISTRATOR =
      new Refusal(HttpProblem.FORBIDDEN, "This requires the role osmo-admin.");

  static final Refusal DOWNSCOPED =
      new Refusal(
          TokenProblem.EXCEEDS_LOGIN,
          "This JWT has fewer roles than the login that it was issued for, so it cannot create secrets. Use a JWT that was issued without a scope.");

  private AccessRefusals() {}
}
