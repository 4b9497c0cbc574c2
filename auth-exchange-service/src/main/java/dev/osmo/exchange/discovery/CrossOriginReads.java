package dev.osmo.exchange.discovery;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Lets scripts of every web page read the public documents, without credentials (CORS). For every
 * other address, browsers keep the responses from other origins.
 */
@Singleton
public class CrossOriginReads {

  private static final Set<String> PUBLIC =
      Set.of(
          "/api/auth/keys",
          "/.well-known/jwks.json",
          "/.well-known/oauth-authorization-server",
          "/.well-known/openid-configuration");

  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @ServerResponseFilter
  public void allow(ContainerRequestContext request, ContainerResponseContext response) {
    if (PUBLIC.contains(request.getUriInfo().getPath()) && READS.contains(request.getMethod())) {
      MultivaluedMap<String, Object> headers = response.getHeaders();
      headers.putSingle("Access-Control-Allow-Origin", "*");
      if (request.getMethod().equals(HttpMethod.OPTIONS)) {
        headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD");
        headers.putSingle("Access-Control-Allow-Headers", "*");
        headers.putSingle("Access-Control-Max-Age", "86400");
      }
    }
  }
}
