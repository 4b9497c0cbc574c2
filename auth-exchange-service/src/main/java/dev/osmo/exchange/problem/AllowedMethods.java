package dev.osmo.exchange.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Completes a 405 response (RFC 9110, section 15.5.6); each address supports one method. */
@Provider
class AllowedMethods implements ContainerResponseFilter {

  private static final int METHOD_NOT_ALLOWED = 405;
  private static final String OAUTH = "/oauth2/";
  private static final String EXCHANGE = "/api/auth/jwt/";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == METHOD_NOT_ALLOWED) {
      String path = request.getUriInfo().getPath();
      response
          .getHeaders()
          .putSingle(
              HttpHeaders.ALLOW,
              path.startsWith(OAUTH) || path.startsWith(EXCHANGE) ? "POST" : "GET, HEAD");
    }
  }
}
