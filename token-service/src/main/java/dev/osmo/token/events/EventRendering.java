package dev.osmo.token.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.osmo.http.problem.ProblemRendering;
import dev.osmo.http.problem.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Renders why an event is not accepted, as RFC 8935, section 2.3, requires. */
@ApplicationScoped
class EventRendering implements ProblemRendering {

  @Override
  public Optional<Response> render(Refusal refusal, RoutingContext request) {
    return refusal.type() instanceof EventProblem problem
        ? Optional.of(response(problem, refusal))
        : Optional.empty();
  }

  private static Response response(EventProblem problem, Refusal refusal) {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LANGUAGE, "en")
        .entity(
            JsonNodeFactory.instance
                .objectNode()
                .put("err", problem.err())
                .put("description", refusal.detail()))
        .build();
  }
}
