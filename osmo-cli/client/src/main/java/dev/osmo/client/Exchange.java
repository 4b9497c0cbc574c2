package dev.osmo.client;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.osmo.client.ExchangeException.Kind;
import dev.osmo.client.wire.Lifetime;
import dev.osmo.client.wire.LimitedCall;
import dev.osmo.client.wire.Origin;
import dev.osmo.client.wire.SubjectToken;
import dev.osmo.client.wire.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a credential for a JWT at the token endpoint. The only class that sends the credential.
 */
record Exchange(
    URI endpoint,
    Credential credential,
    Optional<String> audience,
    List<String> roles,
    LimitedCall calls) {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final long LONGEST_WAIT = 3600;

  /**
   * Sends the request, once more if the connection breaks: a connection that was idle for long may
   * be closed.
   */
  Jwt jwt(Clock clock) throws ExchangeException, InterruptedException {
    SubjectToken subject = subject();
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(calls.deadline())
            .header("Content-Type", TokenRequest.MEDIA_TYPE)
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(new TokenRequest(subject, audience, roles).form()))
            .build();
    HttpResponse<String> response;
    try {
      response = sentTwiceAtMost(request);
    } catch (IOException unreachable) {
      throw new ExchangeException(
          "Cannot reach " + Origin.of(endpoint) + ": " + unreachable.getMessage(), unreachable);
    }
    return response.statusCode() == OK
        ? issued(response.body(), clock.instant())
        : refused(response, subject);
  }

  private SubjectToken subject() throws ExchangeException {
    try {
      return credential.read();
    } catch (IOException unreadable) {
      throw new ExchangeException("Cannot read the token: " + unreadable.getMessage(), unreadable);
    }
  }

  private HttpResponse<String> sentTwiceAtMost(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return calls.send(request);
    } catch (HttpTimeoutException late) {
      throw late;
    } catch (IOException broken) {
      return calls.send(request);
    }
  }

  private Jwt issued(String body, Instant now) throws ExchangeException {
    Map<String, Object> members = members(body);
    if (members.get("access_token") instanceof String text
        && text.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+")
        && members.get("expires_in") instanceof Number seconds
        && seconds.longValue() > 0) {
      return new Jwt(text, new Lifetime(now, Duration.ofSeconds(seconds.longValue())));
    }
    throw new ExchangeException(
        Kind.INVALID,
        "The response of " + Origin.of(endpoint) + " contains no valid JWT. Is this address osmo?",
        Optional.empty());
  }

  private Jwt refused(HttpResponse<String> response, SubjectToken subject)
      throws ExchangeException {
    int status = response.statusCode();
    Map<String, Object> members = status < SERVER_ERROR ? members(response.body()) : Map.of();
    String error = printable(members.get("error"), subject);
    String reason = printable(members.get("error_description"), subject);
    String message =
        "%s answered %d %s %s".formatted(Origin.of(endpoint), status, error, reason).strip();
    throw new ExchangeException(kind(status, error), message, retryAfter(response));
  }

  private static Kind kind(int status, String error) {
    if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
      return Kind.UNAVAILABLE;
    }
    return status == BAD_REQUEST && error.equals("invalid_grant") ? Kind.REFUSED : Kind.INVALID;
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,9}"))
        .map(seconds -> Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(seconds))));
  }

  /** Empty if it is not a JSON object. */
  private static Map<String, Object> members(String body) {
    try {
      // The text "null" is parsed to null.
      return Objects.requireNonNullElse(JSONObjectUtils.parse(body), Map.of());
    } catch (ParseException malformed) {
      return Map.of();
    }
  }

  /**
   * What a server says may reach a log: no control characters, not more than a line, and nothing of
   * the credential. It is masked first, because a part of it would not be found.
   */
  private static String printable(@Nullable Object text, SubjectToken subject) {
    String clean =
        text instanceof String given
            ? given.replace(subject.text(), "***").replaceAll("[^\\x20-\\x7e]", "?")
            : "";
    return clean.length() > 300 ? clean.substring(0, 300) : clean;
  }

  @Override
  public String toString() {
    return "Exchange[" + Origin.of(endpoint) + "]";
  }
}
