package dev.osmo.exchange.problem;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a query on every POST, because the parameters of this service are in the body (RFC 6749,
 * section 3.2). If {@code ?scope=} were ignored, the JWT would have all roles.
 */
class ParametersInBody {

  private static final Refusal QUERY =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "This address accepts no query parameters. Send them in the body.");

  @ServerRequestFilter
  public void refuse(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.POST)
        && request.getUriInfo().getRequestUri().getRawQuery() != null) {
      throw QUERY.toException();
    }
  }
}
