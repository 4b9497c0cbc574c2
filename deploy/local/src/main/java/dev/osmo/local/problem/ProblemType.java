package dev.osmo.local.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * Every refusal of the gateway and of the sample workflow API. The body is RFC 9457 with the fields
 * beside it that existing OSMO clients read ({@code message}, {@code error_code}, {@code
 * workflow_id}).
 */
public enum ProblemType {
  BAD_PATH("bad-path", 400, "The path is not in its plain form", "USER"),
  NO_SUCH_ROUTE("no-such-route", 404, "Nothing lives at this path", "USER"),
  STARTING("starting", 503, "The stack is still starting", "SERVER"),
  SERVICE_UNAVAILABLE(
      "service-unavailable", 503, "The service behind this path does not answer", "SERVER"),
  UNAUTHENTICATED("unauthenticated", 401, "A valid JWT is needed", "USER"),
  NO_ROLES("no-roles", 403, "The JWT carries no role", "USER"),
  BAD_REQUEST("bad-request", 400, "The request cannot be understood", "USER"),
  INVALID_WORKFLOW("invalid-workflow", 400, "The workflow cannot be accepted", "SUBMISSION"),
  NO_SUCH_POOL("no-such-pool", 404, "There is no such pool", "USER"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "The path does not know this method", "USER"),
  TOO_LARGE("too-large", 413, "The body is too large", "USER"),
  NOT_JSON("not-json", 415, "The body must be JSON", "USER"),
  INTERNAL("internal", 500, "Something broke", "SERVER");

  public static final String MEDIA_TYPE = "application/problem+json";

  private final String urn;
  private final int status;
  private final String title;
  private final String errorCode;

  ProblemType(String name, int status, String title, String errorCode) {
    this.urn = "urn:osmo:problem:" + name;
    this.status = status;
    this.title = title;
    this.errorCode = errorCode;
  }

  public int status() {
    return status;
  }

  /** The body. {@code detail} goes to the client as it is: it must not quote a token. */
  public Buffer body(String detail) {
    return new JsonObject()
        .put("type", urn)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("message", detail)
        .put("error_code", errorCode)
        .putNull("workflow_id")
        .put("request_id", UUID.randomUUID().toString())
        .toBuffer();
  }

  public void answer(RoutingContext context, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    if (status == 503) {
      context.response().putHeader("Retry-After", "1");
    }
    if (status == 401) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    context.response().end(body(detail));
  }
}
