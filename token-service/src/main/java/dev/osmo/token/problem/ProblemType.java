package dev.osmo.token.problem;

import java.util.Locale;

/** Every problem a client can be told of. The names are a promise to clients; a test pins them. */
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request cannot be read"),
  SECRET_IN_URL(400, "A token must not stand in a URL"),
  UNAUTHENTICATED(401, "Authentication is needed"),
  EXCHANGE_FIRST(401, "A personal access token must be exchanged first"),
  FORBIDDEN(403, "Not allowed"),
  EXCEEDS_LOGIN(403, "More than this login may give"),
  NOT_FOUND(404, "No such address"),
  TOKEN_NOT_FOUND(404, "No such access token"),
  USER_NOT_FOUND(404, "No such user"),
  ROLE_NOT_FOUND(404, "No such role"),
  METHOD_NOT_ALLOWED(405, "No such method at this address"),
  NOT_ACCEPTABLE(406, "No answer in the wanted format"),
  TOKEN_EXISTS(409, "The access token exists already"),
  ALREADY_CREATED(409, "The same request has created it already"),
  TOKEN_NOT_ACTIVE(409, "The access token is not active"),
  NEWER_SECRET_IN_USE(409, "A newer secret is in use"),
  TOO_MANY_TOKENS(409, "Too many access tokens"),
  USER_EXISTS(409, "The user exists already"),
  USER_DISABLED(409, "The user is disabled"),
  LAST_ADMINISTRATOR(409, "The last administrator stays"),
  CONFLICT(409, "In conflict with another change"),
  LENGTH_REQUIRED(411, "The request must say its length"),
  PAYLOAD_TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's format is not understood"),
  INVALID_FIELD(422, "A value is not allowed"),
  ROLES_NOT_HELD(422, "The user does not hold the roles"),
  IDEMPOTENCY_KEY_REUSED(422, "The key belongs to another request"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL(500, "Internal error"),
  KEYS_UNAVAILABLE(503, "Logins cannot be verified at the moment"),
  BUSY(503, "Too busy at the moment"),
  DATABASE_UNAVAILABLE(503, "The database cannot be reached at the moment");

  private static final String URN = "urn:osmo:problem:";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The stable name, in kebab case. */
  public String typeName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String urn() {
    return URN + typeName();
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /**
   * The value existing clients look at: with one they print the message, without one the raw body.
   */
  public String errorCode() {
    return status < 500 ? "USER" : "OSMO_ERROR";
  }

  /** After how many seconds the same request may succeed; 0 when waiting does not help. */
  int retryAfterSeconds() {
    return switch (status) {
      case 429 -> 60;
      case 503 -> 1;
      default -> 0;
    };
  }
}
