package dev.osmo.token.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that is too long, or does not say how long it is, before a byte of it is read and
 * in the words of the catalogue. The server's own limit would do so without a word, and the routes
 * that take no body could not tell that chunks will follow.
 */
@ApplicationScoped
class BodyLimit {

  /** After what gives each answer its id and counts it, and before the server's own limit. */
  private static final int EARLY = 800;

  private static final Refusal LENGTH_REQUIRED =
      new Refusal(
          ProblemType.LENGTH_REQUIRED,
          "Send the body with its Content-Length; chunks are not read here.");

  private final long limit;
  private final ObjectMapper json;
  private final Refusal tooLarge;

  BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ObjectMapper json) {
    this.limit = limit.asLongValue();
    this.json = json;
    this.tooLarge =
        new Refusal(
            ProblemType.PAYLOAD_TOO_LARGE,
            "The body is larger than the " + this.limit / 1024 + " KiB that this service reads.");
  }

  void register(@Observes Filters filters) {
    filters.register(this::requireSize, EARLY);
  }

  private void requireSize(RoutingContext request) {
    if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      refuse(request, LENGTH_REQUIRED);
    } else if (isTooLarge(request.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
      refuse(request, tooLarge);
    } else {
      request.next();
    }
  }

  private boolean isTooLarge(@Nullable String length) {
    return length != null && (!length.matches("[0-9]{1,18}") || Long.parseLong(length) > limit);
  }

  private void refuse(RoutingContext request, Refusal refusal) {
    request.put(ProblemType.class.getName(), refusal.type());
    HttpServerResponse response = request.response();
    // The body is not read, so nothing else can follow on this connection.
    response.putHeader(HttpHeaders.CONNECTION, "close");
    response.setStatusCode(refusal.type().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.PROBLEM_JSON.toString());
    response.end(written(ProblemBody.of(refusal, RequestId.of(request).value())));
  }

  private String written(ProblemBody body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always writable", e);
    }
  }
}
