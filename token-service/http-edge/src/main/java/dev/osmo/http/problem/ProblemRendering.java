package dev.osmo.http.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * A form of answer other than the problem document, contributed by a service as a bean for the
 * routes that need it.
 */
public interface ProblemRendering {

  /** The answer without its headers, or empty when this request gets a problem document. */
  Optional<Response> render(Refusal refusal, RoutingContext request);
}
