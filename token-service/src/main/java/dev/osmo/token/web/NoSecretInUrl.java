package dev.osmo.token.web;

import dev.osmo.pat.PatText;
import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** URLs end up in logs and histories: one that carries a token is refused whatever it asks for. */
class NoSecretInUrl {

  private static final Refusal REFUSAL =
      new Refusal(
          ProblemType.SECRET_IN_URL,
          "A token must not stand in a URL, where logs keep it. Treat this token as leaked: delete it and create another.");

  @ServerRequestFilter(preMatching = true)
  void refuse(HttpServerRequest request) {
    if (PatText.occursIn(asSent(request))) {
      throw REFUSAL.toException();
    }
  }

  /** With the parameters of its path ({@code /path;name=value}), which the framework takes out. */
  private static String asSent(HttpServerRequest request) {
    return URLDecoder.decode(request.uri(), StandardCharsets.UTF_8);
  }
}
