package dev.osmo.http.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * A format of error responses other than the problem document. A service contributes it as a bean
 * for the routes that need it.
 */
public interface ProblemRendering {

  /** The response without its headers; empty if this request gets a problem document. */
  Optional<Response> render(Refusal refusal, RoutingContext request);
}
