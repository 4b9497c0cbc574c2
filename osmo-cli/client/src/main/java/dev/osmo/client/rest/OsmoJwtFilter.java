package dev.osmo.client.rest;

import dev.osmo.client.Jwt;
import dev.osmo.client.JwtSource;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Adds the JWT to each request of a REST client. Guarantees:
 *
 * <ol>
 *   <li>A request to an address that may not get the JWT fails with an {@link
 *       IllegalArgumentException} before it is sent.
 *   <li>A request that has an {@code Authorization} header of its own keeps it, and gets no JWT.
 *   <li>After a 401, the next request has a new JWT. A filter cannot send a request again: repeat
 *       it, or let {@code @Retry} of Fault Tolerance repeat idempotent methods. A JWT is replaced
 *       for this reason at most once in five seconds.
 * </ol>
 *
 * <p>It blocks while the credential is exchanged, so call the REST client on a worker or a virtual
 * thread, not on the event loop. Leave {@code follow-redirects} off, its default in Quarkus.
 *
 * <p>Its priority is a thousand above that of other filters. So it sees the header of a filter that
 * authenticates the request itself, and it sees a 401 before the filter with which Quarkus turns
 * the response of a declared client into an exception. A filter that must see the JWT, such as one
 * that signs the headers, needs a higher priority.
 */
@Priority(Priorities.USER + 1000)
public final class OsmoJwtFilter implements ClientRequestFilter, ClientResponseFilter {
  private static final String SENT = OsmoJwtFilter.class.getName() + ".jwt";
  private static final int UNAUTHORIZED = 401;

  private final JwtSource jwts;

  public OsmoJwtFilter(JwtSource jwts) {
    this.jwts = jwts;
  }

  @Override
  public void filter(ClientRequestContext request) throws IOException {
    if (request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION)) {
      return;
    }
    jwts.requireFor(request.getUri());
    try {
      Jwt jwt = jwts.current();
      request.setProperty(SENT, jwt);
      request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, jwt.authorization());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the JWT was requested");
    }
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (response.getStatus() == UNAUTHORIZED && request.getProperty(SENT) instanceof Jwt jwt) {
      jwts.refused(jwt);
    }
  }
}
