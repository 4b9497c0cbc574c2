package dev.osmo.token.problem;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The problems of this service beside those of every HTTP service ({@link HttpProblem}). */
public enum TokenProblem implements ProblemType {
  EXCHANGE_FIRST(401, "A personal access token must be exchanged first"),
  ID_TOKEN_INVALID(401, "The ID token is not valid"),
  EXCEEDS_LOGIN(403, "More than this JWT allows"),
  SIGN_IN_REFUSED(403, "The user may not sign in"),
  SESSION_ENDED(403, "The session has ended"),
  TOKEN_NOT_FOUND(404, "No such access token"),
  SESSION_NOT_FOUND(404, "No such session"),
  USER_NOT_FOUND(404, "No such user"),
  ROLE_NOT_FOUND(404, "No such role"),
  TOKEN_EXISTS(409, "The access token already exists"),
  ALREADY_CREATED(409, "The same request already created it"),
  TOKEN_NOT_ACTIVE(409, "The access token is not active"),
  NO_SECRET(409, "The access token has no secret"),
  NEWER_SECRET_IN_USE(409, "A newer secret is in use"),
  TOO_MANY_TOKENS(409, "Too many access tokens"),
  USER_EXISTS(409, "The user already exists"),
  USER_DISABLED(409, "The user is disabled"),
  ROLE_IMMUTABLE(409, "The role cannot be changed"),
  LAST_ADMINISTRATOR(409, "Cannot remove the last administrator"),
  CONFLICT(409, "Conflict with another change"),
  INVALID_FIELD(422, "A value is not allowed"),
  ROLES_NOT_HELD(422, "The user does not hold the roles"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  KEYS_UNAVAILABLE(503, "JWTs cannot be verified at the moment"),
  ISSUER_UNAVAILABLE(503, "The keys of the issuer are not available");

  /** The whole catalogue of this service, by status. */
  public static final List<ProblemType> CATALOGUE =
      Stream.<ProblemType>concat(Stream.of(HttpProblem.values()), Stream.of(values()))
          .sorted(Comparator.comparingInt(ProblemType::status))
          .toList();

  private final int status;
  private final String title;

  TokenProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
