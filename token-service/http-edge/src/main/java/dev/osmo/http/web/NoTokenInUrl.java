package dev.osmo.http.web;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.TokenText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects every URL that contains a token of ours or a parameter for a credential, on every route:
 * proxies, browsers and logs store URLs. The URL is never logged here.
 */
@Singleton
public class NoTokenInUrl {

  private static final Set<String> CREDENTIALS =
      Set.of(
          "access_token",
          "actor_token",
          "client_secret",
          RedirectionEndpoint.CODE,
          "code_verifier",
          "device_code",
          "id_token",
          "refresh_token",
          "subject_token",
          "token");

  private final Instance<TokenInUrlRoute> exception;
  private final Instance<RedirectionEndpoint> redirection;

  NoTokenInUrl(Instance<TokenInUrlRoute> exception, Instance<RedirectionEndpoint> redirection) {
    this.exception = exception;
    this.redirection = redirection;
  }

  @ServerRequestFilter(preMatching = true)
  public void refuse(HttpServerRequest request, UriInfo uri) {
    if (exception.isResolvable()
        && exception.get().matches(request.method().name(), request.path())) {
      return;
    }
    if (TokenText.occursIn(decoded(request)) || hasCredential(request, uri)) {
      throw Refusal.of(HttpProblem.SECRET_IN_URL).toException();
    }
  }

  private boolean hasCredential(HttpServerRequest request, UriInfo uri) {
    Set<String> parameters = new HashSet<>(uri.getQueryParameters().keySet());
    if (redirection.isResolvable() && redirection.get().path().equals(request.path())) {
      parameters.remove(RedirectionEndpoint.CODE);
    }
    return !Collections.disjoint(CREDENTIALS, parameters);
  }

  /** The URL as it was sent, with path parameters ({@code ;name=value}), which JAX-RS removes. */
  private static String decoded(HttpServerRequest request) {
    return URLDecoder.decode(request.uri(), StandardCharsets.UTF_8);
  }
}
