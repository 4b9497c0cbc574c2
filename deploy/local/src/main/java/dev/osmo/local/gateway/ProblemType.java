package dev.osmo.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * Every refusal of the gateway. The body is RFC 9457, with the members that existing OSMO clients
 * read ({@code message}, {@code error_code}, {@code workflow_id}).
 */
enum ProblemType {
  BAD_PATH("bad-path", 400, "The path is ambiguous", "USER"),
  MALFORMED_REQUEST("malformed-request", 400, "The request cannot be read", "USER"),
  URI_TOO_LONG("uri-too-long", 414, "The URL is too long", "USER"),
  HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large", "USER"),
  NO_SUCH_ROUTE("no-such-route", 404, "There is no such route", "USER"),
  STARTING("starting", 503, "The stack is still starting", "SERVER"),
  SERVICE_UNAVAILABLE("service-unavailable", 503, "The service is not reachable", "SERVER");

  static final String MEDIA_TYPE = "application/problem+json";

  private final String name;
  private final int status;
  private final String title;
  private final String errorCode;

  ProblemType(String name, int status, String title, String errorCode) {
    this.name = name;
    this.status = status;
    this.title = title;
    this.errorCode = errorCode;
  }

  int status() {
    return status;
  }

  /** The body. {@code detail} goes to the client unchanged, so it must not quote a token. */
  Buffer body(String detail) {
    return new JsonObject()
        .put("type", "urn:osmo:problem:" + name)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("message", detail)
        .put("error_code", errorCode)
        .putNull("workflow_id")
        .put("request_id", UUID.randomUUID().toString())
        .toBuffer();
  }

  /** The value of {@code Link}: where people read what to do next. */
  String help() {
    return "</ui/problems#" + name + ">; rel=\"help\"";
  }

  void respond(RoutingContext context, String detail) {
    respond(context.response(), detail);
  }

  /** Vert.x sends {@code Connection: close}, but closes only if the client has sent it. */
  void respondAndClose(HttpServerRequest request, String detail) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    respond(request.response(), detail).onComplete(sent -> request.connection().close());
  }

  private Future<Void> respond(HttpServerResponse response, String detail) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Link", help());
    if (status == 503) {
      response.putHeader("Retry-After", "1");
    }
    return response.end(body(detail));
  }
}
