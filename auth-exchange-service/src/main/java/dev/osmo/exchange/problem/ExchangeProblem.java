package dev.osmo.exchange.problem;

import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The problems of this service beside those of every HTTP service ({@link HttpProblem}). */
public enum ExchangeProblem implements DetailedProblem {
  MALFORMED_FORM(
      400,
      "The form cannot be read",
      "A parameter is missing, repeated, not supported or has a value that is not supported"),
  NOT_THE_WEB_PAGE(
      400,
      "The request is not from the web page",
      "Only the web page of this server may send this request, from the public address. Open the"
          + " page there"),
  SESSION_TOO_LARGE(
      400,
      "The session does not fit into a cookie",
      "The refresh token of the identity provider is longer than browsers keep in a cookie, so the"
          + " web page cannot keep this sign-in. Sign in with an access token"),
  UNSUPPORTED_GRANT_TYPE(
      400,
      "The grant type is not supported",
      "The supported grant types are authorization_code, refresh_token,"
          + " urn:ietf:params:oauth:grant-type:device_code and"
          + " urn:ietf:params:oauth:grant-type:token-exchange"),
  UNKNOWN_CLIENT(
      400,
      "The client is not known",
      "No identity provider is configured with this client_id. Read it from /api/auth/login"),
  DEVICE_FLOW_NOT_SUPPORTED(
      400,
      "The device flow is not supported",
      "The identity provider of this client has no device flow. Sign in with a browser"),
  SIGN_IN_PENDING(
      400, "The sign-in is not completed yet", "The person has not signed in yet. Poll again"),
  SLOW_DOWN(
      400,
      "The client polls too often",
      "The client polls too often. Wait five seconds longer between two polls"),
  DEVICE_CODE_EXPIRED(
      400, "The device code has expired", "The device code has expired. Start the sign-in again"),
  INVALID_SCOPE(
      400,
      "The scope is not valid",
      "The scope must be role names separated by single spaces, and the access token must have at"
          + " least one of them"),
  INVALID_TARGET(
      400,
      "The target is not valid",
      "A JWT is issued for exactly one of the configured audiences or resources"),
  UNSUPPORTED_TOKEN_TYPE(
      400,
      "The type of the token is not supported",
      "A JWT cannot be revoked; it expires soon. Revoke the access token that it was exchanged"
          + " from"),
  INVALID_TOKEN(401, "The access token is not valid", "Access Token is invalid"),
  SIGN_IN_CODE_INVALID(
      401,
      "The code is not valid",
      "The code is not valid, was used before or has expired. Start the sign-in again"),
  ID_TOKEN_INVALID(401, "The ID token is not valid", "The ID token is not valid"),
  REFRESH_TOKEN_INVALID(
      401,
      "The refresh token is not valid",
      "The refresh token is not valid for this client. Sign in again"),
  SIGN_IN_AGAIN(
      401,
      "The identity provider no longer confirms the sign-in",
      "The identity provider no longer confirms this sign-in. Sign in again"),
  UNTRUSTED_WORKLOAD(
      401,
      "The workload is not trusted",
      "The workload's token is not valid, or the access token does not exist or does not trust this"
          + " workload. Compare issuer, audience and subject with: osmo token show"),
  OWNER_DISABLED(401, "The owner is disabled", "The owner of this access token has been disabled"),
  TOKEN_REVOKED(401, "The access token is revoked", "Access Token has been revoked"),
  TOKEN_EXPIRED(401, "The access token is expired", "Access Token has expired"),
  TOKEN_SUSPENDED(401, "The access token is suspended", "Access Token is suspended"),
  TOKEN_ROTATED(
      401,
      "The access token was rotated",
      "Access Token has been replaced by a newer one and has expired"),
  NO_ROLES_LEFT(
      401,
      "The access token has no roles left",
      "Access Token has no roles left: each was removed from its owner. Create a new token"),
  OWNER_MUST_SIGN_IN(
      401,
      "The owner must sign in again",
      "The owner of this access token must sign in again: the identity provider has not confirmed"
          + " the owner for too long"),
  SIGN_IN_DENIED(
      403,
      "The sign-in was denied",
      "The person or the identity provider denied the sign-in. Start it again"),
  SIGN_IN_REFUSED(403, "The user may not sign in", "This person may not sign in here"),
  SESSION_ENDED(403, "The session has ended", "The session has ended. Sign in again"),
  PROVIDER_NOT_FOUND(
      404,
      "There is no identity provider with this name",
      "There is no identity provider with this name. /api/auth/login lists them"),
  TOO_MANY_ROLES(
      422,
      "The roles do not fit into one JWT",
      "The roles of this access token do not fit into one JWT. Request fewer of them by"
          + " downscoping, or create a token with fewer roles"),
  TOO_MANY_FAILURES(
      429,
      "Too many invalid access tokens",
      "Too many invalid access tokens were sent from this address. Try again in a moment"),
  TOO_MANY_SIGN_INS(
      429,
      "Too many sign-ins",
      "Too many sign-ins were started from this address. Try again in a moment"),
  TOO_MANY_EXCHANGES(
      429,
      "Too many exchanges of the access token",
      "Too many exchanges of this access token. Use each JWT until it expires"),
  TOO_MANY_INTROSPECTIONS(
      429,
      "Too many introspections with the access token",
      "Too many introspections with this access token. Cache each response for as long as it may be"
          + " stale"),
  ISSUER_UNAVAILABLE(
      503,
      "The keys of the issuer are not available",
      "The keys that verify tokens of this issuer cannot be read at the moment. Try again in a"
          + " moment"),
  PROVIDER_UNAVAILABLE(
      503,
      "The identity provider is not available",
      "The identity provider is not available, or refuses the requests of this system. Try again in"
          + " a moment"),
  SIGN_IN_UNAVAILABLE(
      503,
      "Sign-in is not available",
      "Sign-in is not available at the moment. Try again in a moment"),
  NO_SIGNING_KEY(
      503,
      "No signing key is available",
      "No signing key is available, so nothing was exchanged. Try again in a moment");

  /** The whole catalogue of this service, by status. */
  public static final List<DetailedProblem> CATALOGUE =
      Stream.<DetailedProblem>concat(Stream.of(HttpProblem.values()), Stream.of(values()))
          .sorted(Comparator.comparingInt(ProblemType::status))
          .toList();

  private final int status;
  private final String title;
  private final String detail;

  ExchangeProblem(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String detail() {
    return detail;
  }
}
