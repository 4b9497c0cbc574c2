package dev.osmo.exchange.problem;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import org.jboss.logging.MDC;

/**
 * Gives each request its id and turns a {@link ProblemType} into the answer that leaves the house:
 * at the OAuth routes as OAuth asks, everywhere else as a problem document.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
class ProblemRendering implements ContainerRequestFilter, ContainerResponseFilter {

  static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");
  private static final String OAUTH = "/oauth2/";
  private static final String EXCHANGE = "/api/auth/jwt/";
  private static final String RETRY_AFTER_SECONDS = "2";

  @Override
  public void filter(ContainerRequestContext request) {
    RequestId requestId = RequestId.of(request.getHeaderString(RequestId.HEADER));
    request.setProperty(RequestId.LOG_KEY, requestId);
    MDC.put(RequestId.LOG_KEY, requestId.value());
    TraceId.of(request.getHeaderString(TraceId.HEADER))
        .ifPresent(trace -> MDC.put(TraceId.LOG_KEY, trace.value()));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    RequestId requestId = idOf(request);
    response.getHeaders().putSingle(RequestId.HEADER, requestId.value());
    if (response.getEntity() instanceof ProblemType type) {
      if (isOAuth(request)) {
        render(OAuthError.of(type), response);
      } else {
        response.setEntity(Problem.of(type, requestId), new Annotation[0], PROBLEM_JSON);
      }
      addHeaders(response.getStatus(), request.getUriInfo().getPath(), response.getHeaders());
    }
  }

  private static boolean isOAuth(ContainerRequestContext request) {
    return request.getUriInfo().getPath().startsWith(OAUTH);
  }

  private static void render(OAuthError error, ContainerResponseContext response) {
    response.setStatus(error.status());
    response.setEntity(error, new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
  }

  private static void addHeaders(int status, String path, MultivaluedMap<String, Object> headers) {
    headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    switch (status) {
      case 401 -> headers.putSingle(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"osmo\"");
      case 405 -> headers.putSingle(HttpHeaders.ALLOW, allowedAt(path));
      case 503 -> headers.putSingle(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      default -> {}
    }
  }

  /** The framework does not say; each address answers one method. */
  private static String allowedAt(String path) {
    return path.startsWith(OAUTH) || path.startsWith(EXCHANGE) ? "POST" : "GET, HEAD";
  }

  private static RequestId idOf(ContainerRequestContext request) {
    return request.getProperty(RequestId.LOG_KEY) instanceof RequestId known
        ? known
        : RequestId.of(null);
  }
}
