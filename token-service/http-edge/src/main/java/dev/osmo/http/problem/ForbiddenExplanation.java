package dev.osmo.http.problem;

import dev.osmo.http.denial.Denial;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Explains to an authenticated caller why a route is forbidden. A service contributes it as a bean.
 * If it fails, the response is sent without an explanation.
 */
public interface ForbiddenExplanation {

  /** Empty if nothing is known about the caller. */
  Uni<Optional<Denial>> explain(RoutingContext request);
}
