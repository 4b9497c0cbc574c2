package dev.osmo.exchange.problem;

import dev.osmo.http.problem.ProblemMapper;
import dev.osmo.http.problem.ProblemRendering;
import dev.osmo.http.problem.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Renders the errors of the OAuth routes in the format of OAuth. */
@ApplicationScoped
class OAuthRendering implements ProblemRendering {

  private static final String OAUTH = "/oauth2/";

  /** Introspection also accepts an access token as a client secret (RFC 6749, section 2.3.1). */
  private static final String BASIC = ", Basic realm=\"osmo\"";

  @Override
  public Optional<Response> render(Refusal refusal, RoutingContext request) {
    return request.normalizedPath().startsWith(OAUTH)
        ? Optional.of(response(OAuthError.of(refusal), request))
        : Optional.empty();
  }

  private static Response response(OAuthError error, RoutingContext request) {
    return Response.status(error.status())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            error.status() == 401 ? ProblemMapper.challenge(request) + BASIC : null)
        .entity(error)
        .build();
  }
}
