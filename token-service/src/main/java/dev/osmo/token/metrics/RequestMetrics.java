package dev.osmo.token.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts created secrets, from the responses alone. */
@ApplicationScoped
class RequestMetrics {

  private static final int AFTER_REQUEST_ID = 900;
  private static final Pattern CREATES_SECRET =
      Pattern.compile("/api/auth/(?:user/[^/]+/)?access_token/[^/]+(/rotate)?");

  private final MeterRegistry meters;

  RequestMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, AFTER_REQUEST_ID);
  }

  private void watch(RoutingContext request) {
    request.addEndHandler(ended -> count(request));
    request.next();
  }

  private void count(RoutingContext request) {
    if (request.request().method().equals(HttpMethod.POST)
        && request.response().getStatusCode() == 200) {
      countSecret(CREATES_SECRET.matcher(request.normalizedPath()));
    }
  }

  private void countSecret(Matcher path) {
    if (path.matches()) {
      String kind = path.group(1) == null ? "created" : "rotated";
      meters.counter("osmo.secrets.made", "kind", kind).increment();
    }
  }
}
