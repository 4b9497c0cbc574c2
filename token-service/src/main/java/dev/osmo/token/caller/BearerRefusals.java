package dev.osmo.token.caller;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;

/** How logins are refused. All that is wrong with a JWT or the token behind it sounds alike. */
final class BearerRefusals {

  static final Refusal INVALID =
      new Refusal(HttpProblem.UNAUTHENTICATED, "The login is not valid. Log in again.");
  static final Refusal RAW_PAT =
      new Refusal(
          TokenProblem.EXCHANGE_FIRST,
          "A personal access token is not accepted here. Exchange it for a JWT at POST /api/auth/jwt/access_token and send that.");
  static final Refusal NO_KEYS =
      new Refusal(
          TokenProblem.KEYS_UNAVAILABLE,
          "The keys that verify logins are not there yet. Try again in a moment.");
  static final Refusal NOT_ADMINISTRATOR =
      new Refusal(HttpProblem.FORBIDDEN, "This needs the role osmo-admin.");

  static final Refusal DOWNSCOPED =
      new Refusal(
          TokenProblem.EXCEEDS_LOGIN,
          "This login was made with fewer roles than its token has, so it makes no secrets. Exchange the token without a scope and use that login.");

  private BearerRefusals() {}
}
