package dev.osmo.token.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** URLs end up in logs and histories: one that carries a token is refused whatever it asks for. */
class NoSecretInUrl {

  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final Refusal REFUSAL =
      new Refusal(
          ProblemType.SECRET_IN_URL,
          "A token must not stand in a URL, where logs keep it. Treat this token as leaked: delete it and create another.");

  @ServerRequestFilter(preMatching = true)
  void refuse(ContainerRequestContext request) {
    String address =
        request.getUriInfo().getPath() + "?" + request.getUriInfo().getRequestUri().getQuery();
    if (TOKEN.matcher(address).find()) {
      throw REFUSAL.toException();
    }
  }
}
