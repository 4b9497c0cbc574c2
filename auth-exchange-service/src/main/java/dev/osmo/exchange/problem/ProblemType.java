package dev.osmo.exchange.problem;

import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * Everything this service may answer when it does not answer what was asked. The names are a
 * promise to clients, pinned in {@code src-docs/contracts/problems-auth-exchange-service.json};
 * what both services may answer has the same name in both.
 */
public enum ProblemType {
  MALFORMED_REQUEST(
      400,
      "The request cannot be read",
      "The body must be one JSON object with the single field \"token\", a string"),
  SECRET_IN_URL(
      400,
      "A token must not stand in a URL",
      "A token must not stand in a URL, where logs keep it. Treat this token as leaked: delete it and"
          + " create another"),
  MALFORMED_FORM(
      400,
      "The form cannot be read",
      "A parameter is missing, given twice, not supported or has a value that is not supported"),
  UNSUPPORTED_GRANT_TYPE(
      400,
      "The grant type is not supported",
      "The only grant type is urn:ietf:params:oauth:grant-type:token-exchange"),
  INVALID_SCOPE(
      400,
      "The scope is not valid",
      "The scope must be role names with one space between them, of which this access token has at"
          + " least one"),
  INVALID_TARGET(
      400,
      "The target is not valid",
      "JWTs are issued for one configured audience or resource, and not for this"),
  UNSUPPORTED_TOKEN_TYPE(
      400,
      "The type of the token is not supported",
      "A JWT cannot be revoked: it ends by itself, soon. Revoke the access token it was made from"),
  UNAUTHENTICATED(
      401,
      "Nobody who is known asks",
      "Authenticate with Authorization: Bearer and a living access token or JWT"),
  INVALID_TOKEN(401, "The access token is not valid", "Access Token is invalid"),
  OWNER_DISABLED(401, "The owner is disabled", "The owner of this access token has been disabled"),
  TOKEN_REVOKED(401, "The access token is revoked", "Access Token has been revoked"),
  TOKEN_EXPIRED(401, "The access token is expired", "Access Token has expired"),
  TOKEN_SUSPENDED(401, "The access token is suspended", "Access Token is suspended"),
  TOKEN_ROTATED(
      401,
      "The access token was rotated",
      "Access Token has been replaced by a newer one and its time has run out"),
  NO_ROLES_LEFT(
      401,
      "The access token has no roles left",
      "Access Token has no roles left: each was removed from its owner. Create a new token"),
  FORBIDDEN(403, "Not allowed", "Nobody may do this"),
  NOT_FOUND(404, "No such address", "There is nothing at this address"),
  METHOD_NOT_ALLOWED(
      405, "No such method at this address", "This address does not answer this method"),
  NOT_ACCEPTABLE(
      406, "No answer in the wanted format", "The answer is application/json: accept that"),
  LENGTH_REQUIRED(
      411,
      "The request does not say how long it is",
      "A body must come with its Content-Length, not in chunks"),
  PAYLOAD_TOO_LARGE(413, "The request is too large", "The body of a request is at most 16 KiB"),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The body's format is not understood",
      "The body must be application/json, or at /oauth2 application/x-www-form-urlencoded"),
  TOO_MANY_ROLES(
      422,
      "The roles do not fit into one JWT",
      "The roles of this access token do not fit into one JWT. Ask for fewer of them by downscoping,"
          + " or create a token with fewer roles"),
  TOO_MANY_FAILURES(
      429,
      "Too many invalid access tokens",
      "Too many invalid access tokens came from this address. Try again in a moment"),
  TOO_MANY_EXCHANGES(
      429,
      "The access token is exchanged too often",
      "This access token is exchanged too often. Use the JWT of an exchange until it expires"),
  TOO_MANY_INTROSPECTIONS(
      429,
      "The access token asks too often",
      "This access token asks too often about others. Keep an answer for as long as it may be old"),
  INTERNAL(500, "Internal error", "Something is broken here; the request id finds it in the log"),
  BUSY(
      503,
      "Too busy at the moment",
      "Too many access tokens are being verified. Try again shortly"),
  DATABASE_UNAVAILABLE(
      503,
      "The database cannot be reached at the moment",
      "The database cannot be reached; nothing was exchanged. Try again in a moment"),
  NO_SIGNING_KEY(
      503,
      "No key signs at the moment",
      "There is no key to sign with; nothing was exchanged. Try again in a moment");

  private static final String URN = "urn:osmo:problem:";

  private final int status;
  private final String title;
  private final String detail;

  ProblemType(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
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

  public String detail() {
    return detail;
  }

  /**
   * The value existing clients look at: with one they print the message, without one the raw body.
   */
  public String errorCode() {
    return status < 500 ? "USER" : "OSMO_ERROR";
  }

  /** The answer in the making; {@link ProblemRendering} completes it on its way out. */
  public Response response() {
    return Response.status(status).entity(this).build();
  }
}
