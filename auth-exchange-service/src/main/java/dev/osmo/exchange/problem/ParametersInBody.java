package dev.osmo.exchange.problem;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
  public void refuse(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST) && request.query() != null) {
      throw QUERY.toException();
    }
  }
}
