package dev.osmo.http.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.ProblemDocument;
import dev.osmo.http.problem.ProblemType;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.request.RequestId;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Rejects a body that is too long, or that does not declare its length, before a byte of it is
 * read. The server's own limit would respond without a problem document, and would detect an
 * oversized chunked body too late for a complete response.
 */
@Singleton
public class BodyLimit {

  /** After the filter that adds the response headers, and before the server's own limit. */
  private static final int BEFORE_THE_SERVERS_OWN_LIMIT = 800;

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private static final Refusal COMPRESSED =
      new Refusal(
          HttpProblem.UNSUPPORTED_MEDIA_TYPE,
          "The body is compressed. Send it without Content-Encoding.");

  private final long limit;
  private final ObjectMapper json;
  private final Refusal tooLarge;

  public BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ObjectMapper json) {
    this.limit = limit.asLongValue();
    this.json = json;
    this.tooLarge =
        new Refusal(
            HttpProblem.PAYLOAD_TOO_LARGE,
            "The body is larger than the %d KiB that this service accepts."
                .formatted(this.limit / 1024));
  }

  public void register(@Observes Filters filters) {
    filters.register(this::requireLength, BEFORE_THE_SERVERS_OWN_LIMIT);
  }

  private void requireLength(RoutingContext request) {
    if (isCompressed(request.request().getHeader(HttpHeaders.CONTENT_ENCODING))) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      refuse(request, COMPRESSED);
    } else if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      refuse(request, Refusal.of(HttpProblem.LENGTH_REQUIRED));
    } else if (isTooLarge(request.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
      refuse(request, tooLarge);
    } else {
      request.next();
    }
  }

  private static boolean isCompressed(@Nullable String encoding) {
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private boolean isTooLarge(@Nullable String length) {
    return length != null && (!LENGTH.matcher(length).matches() || Long.parseLong(length) > limit);
  }

  private void refuse(RoutingContext request, Refusal refusal) {
    request.put(ProblemType.class.getName(), refusal.type());
    HttpServerResponse response = request.response();
    // The body is not read, so this connection cannot carry another request.
    response.putHeader(HttpHeaders.CONNECTION, "close");
    response.setStatusCode(refusal.type().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE.toString());
    response.end(written(ProblemDocument.of(refusal, RequestId.of(request))));
  }

  private String written(ProblemDocument problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem document can always be written", e);
    }
  }
}
