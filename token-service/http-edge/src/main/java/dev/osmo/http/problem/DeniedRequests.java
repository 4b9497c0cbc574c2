package dev.osmo.http.problem;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts every refused request by the name of its problem, which is one of the catalogue. */
@Singleton
public class DeniedRequests {

  private static final int AFTER_REQUEST_ID = 900;

  public void register(@Observes Filters filters) {
    filters.register(DeniedRequests::watch, AFTER_REQUEST_ID);
  }

  private static void watch(RoutingContext request) {
    request.addEndHandler(
        ended -> {
          ProblemType problem = request.get(ProblemType.class.getName());
          if (problem != null) {
            count(problem);
          }
        });
    request.next();
  }

  /** Counts a refusal for which no filter runs. */
  public static void count(ProblemType problem) {
    Metrics.counter("osmo.denied", "reason", problem.typeName()).increment();
  }
}
