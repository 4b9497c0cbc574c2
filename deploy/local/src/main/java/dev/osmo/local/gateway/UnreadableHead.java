package dev.osmo.local.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses a request whose head the HTTP server cannot read. The connection is closed, because it is
 * unknown where the next request begins.
 */
final class UnreadableHead implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    switch (request.decoderResult().cause()) {
      case TooLongHttpLineException line ->
          ProblemType.URI_TOO_LONG.respondAndClose(
              request, "The URL is longer than this server accepts.");
      case TooLongHttpHeaderException headers ->
          ProblemType.HEADERS_TOO_LARGE.respondAndClose(
              request, "The headers are larger than this server accepts.");
      default ->
          ProblemType.MALFORMED_REQUEST.respondAndClose(request, "The request cannot be read.");
    }
  }
}
