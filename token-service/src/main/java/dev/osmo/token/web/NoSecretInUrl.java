package dev.osmo.token.web;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import dev.osmo.token.problem.SecretText;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** URLs end up in logs and histories: one that carries a token is refused whatever it asks for. */
class NoSecretInUrl {

  private static final Refusal REFUSAL =
      new Refusal(
          ProblemType.SECRET_IN_URL,
          "A token must not stand in a URL, where logs keep it. Treat this token as leaked: delete it and create another.");

  @ServerRequestFilter(preMatching = true)
  void refuse(ContainerRequestContext request) {
    String address =
        request.getUriInfo().getPath() + "?" + request.getUriInfo().getRequestUri().getQuery();
    if (SecretText.isIn(address)) {
      throw REFUSAL.toException();
    }
  }
}
