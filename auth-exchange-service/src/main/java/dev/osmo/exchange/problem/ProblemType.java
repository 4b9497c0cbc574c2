package dev.osmo.exchange.problem;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * Everything this service may answer when it does not answer what was asked. Names are stable: they
 * are pinned in {@code src-docs/contracts/problems-auth-exchange-service.json}.
 */
public enum ProblemType {
  INVALID_TOKEN("invalid-token", 401, "Invalid access token", "Access Token is invalid"),
  OWNER_DISABLED(
      "owner-disabled", 401, "Owner disabled", "The owner of this access token is disabled"),
  TOKEN_REVOKED("token-revoked", 401, "Access token revoked", "Access Token has been revoked"),
  TOKEN_EXPIRED("token-expired", 401, "Access token expired", "Access Token has expired"),
  TOKEN_SUSPENDED("token-suspended", 401, "Access token suspended", "Access Token is suspended"),
  TOKEN_ROTATED(
      "token-rotated",
      401,
      "Access token rotated",
      "Access Token has been replaced by a newer one and its time has run out"),
  NO_ROLES_LEFT(
      "no-roles-left",
      401,
      "No roles left",
      "Access Token has no roles left: each was removed from its owner. Create a new token"),
  TOO_MANY_ROLES(
      "too-many-roles",
      422,
      "Too many roles",
      "The roles of this access token do not fit into one JWT. Create a token with fewer roles,"
          + " or ask for fewer of them by downscoping"),
  MALFORMED_REQUEST(
      "malformed-request",
      400,
      "Malformed request",
      "The body must be one JSON object with the single field \"token\", a string"),
  TOKEN_IN_URL(
      "token-in-url",
      400,
      "Access token in the address",
      "An access token does not belong into an address, where it is logged. Send it in the body of a"
          + " POST, and replace this one"),
  ACCESS_DENIED("access-denied", 403, "Access denied", "Access denied"),
  NOT_FOUND("not-found", 404, "Not found", "There is nothing at this address"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed", 405, "Method not allowed", "This address does not know this method"),
  NOT_ACCEPTABLE(
      "not-acceptable", 406, "Not acceptable", "The answer is application/json, nothing else"),
  REQUEST_TOO_LARGE(
      "request-too-large", 413, "Request too large", "The body of a request is at most 16 KiB"),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type", 415, "Unsupported media type", "The body must be application/json"),
  INTERNAL("internal", 500, "Internal error", "Something is broken here; the request id finds it"),
  BUSY("busy", 503, "Busy", "Too many access tokens are being verified; try again"),
  UNAVAILABLE(
      "unavailable", 503, "Unavailable", "The database does not answer; nothing was exchanged");

  private final String problemName;
  private final int status;
  private final String title;
  private final String detail;

  ProblemType(String problemName, int status, String title, String detail) {
    this.problemName = problemName;
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  public String problemName() {
    return problemName;
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

  public URI uri() {
    return URI.create("urn:osmo:problem:" + problemName);
  }

  /** What OSMO's clients read: {@code USER} for what the caller can mend. */
  public String errorCode() {
    return status < 500 ? "USER" : this == UNAVAILABLE ? "DATABASE" : "SERVER";
  }

  /** The answer in the making; {@link ProblemRendering} completes it on its way out. */
  public Response response() {
    return Response.status(status).entity(this).build();
  }
}
