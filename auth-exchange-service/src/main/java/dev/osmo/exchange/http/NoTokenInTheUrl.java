package dev.osmo.exchange.http;

import dev.osmo.exchange.problem.ProblemType;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses credentials in an address, on every route and beside them: proxies, browsers and
 * histories keep addresses. The address itself is never logged here.
 */
@Provider
@PreMatching
class NoTokenInTheUrl implements ContainerRequestFilter {

  private static final Set<String> NAMES =
      Set.of("access_token", "actor_token", "refresh_token", "subject_token", "token");
  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  private final CurrentVertxRequest currentRequest;

  NoTokenInTheUrl(CurrentVertxRequest currentRequest) {
    this.currentRequest = currentRequest;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (isToken(pathAsSent()) || holdsACredential(request.getUriInfo().getQueryParameters())) {
      request.abortWith(ProblemType.SECRET_IN_URL.response());
    }
  }

  /** With its parameters ({@code /path;name=value}), which the framework takes out. */
  private String pathAsSent() {
    String path = currentRequest.getCurrent().request().path();
    return path == null ? "" : URLDecoder.decode(path, StandardCharsets.UTF_8);
  }

  private static boolean holdsACredential(MultivaluedMap<String, String> query) {
    return query.keySet().stream().anyMatch(name -> NAMES.contains(name) || isToken(name))
        || query.values().stream().flatMap(Collection::stream).anyMatch(NoTokenInTheUrl::isToken);
  }

  private static boolean isToken(String text) {
    return TOKEN.matcher(text).find();
  }
}
