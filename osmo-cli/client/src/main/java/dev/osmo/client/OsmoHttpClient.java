package dev.osmo.client;

import dev.osmo.client.wire.LimitedCall;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests of the JDK's {@link HttpClient} with a JWT. Guarantees:
 *
 * <ol>
 *   <li>A request goes only to an address that may get the JWT. A redirect is returned, not
 *       followed.
 *   <li>After a 401, the credential is exchanged once. If the method is idempotent (RFC 9110,
 *       section 9.2.2) and the body can be sent again, the request is sent once more. Otherwise the
 *       response is returned, and the next request has a new JWT. Neither happens more than once in
 *       five seconds.
 * </ol>
 *
 * <p>It blocks. Call it on a virtual thread or a worker.
 */
public final class OsmoHttpClient {
  private static final int UNAUTHORIZED = 401;
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final JwtSource jwts;
  private final HttpClient client;

  public OsmoHttpClient(JwtSource jwts) {
    this.jwts = jwts;
    this.client = jwts.calls().client();
  }

  /**
   * Sends a request and returns the response, whatever its status.
   *
   * @throws ExchangeException if there is no JWT
   * @throws IOException if the server cannot be reached
   * @throws IllegalArgumentException if the JWT is not for this address, or if the request has an
   *     {@code Authorization} header of its own
   */
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    return authorized(
        request,
        (ready, mayRepeat) -> client.send(ready, mayRepeat ? discardingRefusals(body) : body));
  }

  /**
   * Sends a request whose response is a short text in UTF-8.
   *
   * @param deadline of the complete response. {@link HttpRequest.Builder#timeout} limits only the
   *     time until it starts
   * @param largestBody in bytes
   * @throws ExchangeException if there is no JWT
   * @throws IOException if the server cannot be reached, or the response is late or too large
   * @throws IllegalArgumentException as the other method
   */
  public HttpResponse<String> send(HttpRequest request, Duration deadline, int largestBody)
      throws IOException, InterruptedException {
    LimitedCall limited = new LimitedCall(client, deadline, largestBody);
    return authorized(request, (ready, mayRepeat) -> limited.send(ready));
  }

  /** One request on the wire. */
  private interface Call<T> {
    HttpResponse<T> send(HttpRequest ready, boolean mayRepeat)
        throws IOException, InterruptedException;
  }

  private <T> HttpResponse<T> authorized(HttpRequest request, Call<T> call)
      throws IOException, InterruptedException {
    jwts.requireFor(request.uri());
    if (request.headers().firstValue("Authorization").isPresent()) {
      throw new IllegalArgumentException("The request already has an Authorization header");
    }
    Jwt jwt = jwts.current();
    boolean repeatable = isRepeatable(request) && jwts.mayReplace();
    HttpResponse<T> response = call.send(with(jwt, request), repeatable);
    if (response.statusCode() != UNAUTHORIZED) {
      return response;
    }
    if (!repeatable) {
      jwts.refused(jwt);
      return response;
    }
    Optional<Jwt> other = jwts.replacing(jwt);
    // Another thread may have used up the replacement since. The body of the refusal is gone then.
    return call.send(with(other.orElse(jwt), request), false);
  }

  private static HttpRequest with(Jwt jwt, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .header("Authorization", jwt.authorization())
        .build();
  }

  /** A body of unknown length may come from a stream that can be read only once. */
  private static boolean isRepeatable(HttpRequest request) {
    return IDEMPOTENT.contains(request.method().toUpperCase(Locale.ROOT))
        && request.bodyPublisher().map(body -> body.contentLength() >= 0).orElse(true);
  }

  /** A body that was discarded is never returned, so that its null reaches nobody. */
  @SuppressWarnings("NullAway")
  private static <T> BodyHandler<T> discardingRefusals(BodyHandler<T> body) {
    return head ->
        head.statusCode() == UNAUTHORIZED
            ? BodySubscribers.mapping(BodySubscribers.discarding(), nothing -> null)
            : body.apply(head);
  }
}
