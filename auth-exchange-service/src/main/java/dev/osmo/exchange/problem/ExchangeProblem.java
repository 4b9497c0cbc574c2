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
  UNSUPPORTED_GRANT_TYPE(
      400,
      "The grant type is not supported",
      "The only supported grant type is urn:ietf:params:oauth:grant-type:token-exchange"),
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
  TOO_MANY_ROLES(
      422,
      "The roles do not fit into one JWT",
      "The roles of this access token do not fit into one JWT. Request fewer of them by"
          + " downscoping, or create a token with fewer roles"),
  TOO_MANY_FAILURES(
      429,
      "Too many invalid access tokens",
      "Too many invalid access tokens were sent from this address. Try again in a moment"),
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
