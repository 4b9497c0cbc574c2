package dev.osmo.exchange.problem;

import dev.osmo.http.problem.ProblemRendering;
import dev.osmo.http.problem.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Renders the errors of the OAuth routes in the format of OAuth. */
@ApplicationScoped
class OAuthRendering implements ProblemRendering {

  private static final String OAUTH = "/oauth2/";

  @Override
  public Optional<Response> render(Refusal refusal, RoutingContext request) {
    return request.normalizedPath().startsWith(OAUTH)
        ? Optional.of(response(OAuthError.of(refusal)))
        : Optional.empty();
  }

  private static Response response(OAuthError error) {
    return Response.status(error.status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(error)
        .build();
  }
}
