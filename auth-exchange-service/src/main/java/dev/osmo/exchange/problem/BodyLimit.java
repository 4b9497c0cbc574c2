package dev.osmo.exchange.problem;

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
 * in the words of the catalogue. The server's own limit would do so without a word, and would find
 * out about chunks only when it is too late for an orderly answer.
 */
@ApplicationScoped
class BodyLimit {

  private static final int BEFORE_THE_SERVERS_OWN = 1000;

  private final long limit;
  private final ObjectMapper json;

  BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ObjectMapper json) {
    this.limit = limit.asLongValue();
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_THE_SERVERS_OWN);
  }

  private void check(RoutingContext request) {
    if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      refuse(request, ProblemType.LENGTH_REQUIRED);
    } else if (isBeyondLimit(request.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
      refuse(request, ProblemType.PAYLOAD_TOO_LARGE);
    } else {
      request.next();
    }
  }

  private boolean isBeyondLimit(@Nullable String length) {
    try {
      return length != null && Long.parseLong(length) > limit;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private void refuse(RoutingContext request, ProblemType type) {
    RequestId requestId = RequestId.of(request.request().getHeader(RequestId.HEADER));
    HttpServerResponse response = request.response();
    response.setStatusCode(type.status());
    response.putHeader(RequestId.HEADER, requestId.value());
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemRendering.PROBLEM_JSON.toString());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // The body is not read, so nothing else can follow on this connection.
    response.putHeader(HttpHeaders.CONNECTION, "close");
    response.end(written(Problem.of(type, requestId)));
  }

  private String written(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always writable", e);
    }
  }
}
