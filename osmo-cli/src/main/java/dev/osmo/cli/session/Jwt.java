package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.client.wire.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The short-lived credential for requests. Its age is measured on this machine's clock from the
 * moment it was received, and its lifetime is {@code exp - iat}. So a wrong clock renews it neither
 * too often nor too late.
 *
 * @param text three base64url parts; only the claims are read
 */
public record Jwt(String text, Instant receivedAt, Duration lifetime) {
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  public Jwt {
    if (!SHAPE.matcher(text).matches()) {
      throw unusable();
    }
  }

  /**
   * A JWT from a server's response.
   *
   * @throws Failure if the text is not a JWT with a numeric {@code exp}
   */
  public static Jwt received(String text, Instant now) {
    JsonNode claims = claims(text).orElseThrow(Jwt::unusable);
    JsonNode exp = claims.path("exp");
    if (!exp.isNumber()) {
      throw unusable();
    }
    long issuedAt = claims.path("iat").asLong(now.getEpochSecond());
    // The difference of two extreme numbers may overflow.
    double seconds = (double) exp.asLong() - issuedAt;
    return new Jwt(text, now, lifetime((long) seconds));
  }

  /**
   * A JWT that was stored.
   *
   * @param receivedAt an impossible time makes it expired
   */
  public static Jwt stored(String text, Instant receivedAt, long seconds) {
    boolean possible = receivedAt.isAfter(Instant.EPOCH) && receivedAt.isBefore(LATEST);
    return new Jwt(text, possible ? receivedAt : Instant.EPOCH, lifetime(seconds));
  }

  /**
   * A JWT that osmo wrote to a file. Its life is judged by its own expiration; empty if it is not a
   * JWT with one.
   */
  public static Optional<Jwt> ofFile(String text, Instant now) {
    return claims(text)
        .map(claims -> claims.path("exp"))
        .filter(JsonNode::canConvertToLong)
        .map(exp -> new Jwt(text, now, lifetime(exp.asLong() - now.getEpochSecond())));
  }

  private static Duration lifetime(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFETIME.toSeconds()));
  }

  /** Whether a request sent now arrives before the JWT expires, see {@link Lifetime#isFresh}. */
  public boolean isFresh(Instant now) {
    return new Lifetime(receivedAt, lifetime).isFresh(now);
  }

  /** The same, expired. Its claims still identify the token. */
  public Jwt expired() {
    return new Jwt(text, Instant.EPOCH, Duration.ZERO);
  }

  /** The claims. The signature is not verified. */
  public JsonNode claims() {
    return claims(text).orElseGet(Json::object);
  }

  /** The id of the access token that was exchanged; empty if the server does not send it. */
  public String patId() {
    return claims().path("pat_id").asText("");
  }

  /** The id of the session that was refreshed; empty for the JWT of an access token. */
  public String sessionId() {
    return claims().path("sid").asText("");
  }

  /** The id of the access token or of the session. */
  String grantId() {
    return patId().isEmpty() ? sessionId() : patId();
  }

  /** The JOSE header. */
  public JsonNode header() {
    return part(text, 0).orElseGet(Json::object);
  }

  /** When it expires on this machine's clock, in whole seconds. */
  public Instant expiresAt() {
    return receivedAt.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The user's name, if the server sends it. */
  public Optional<String> name() {
    return claims(text)
        .map(claims -> claims.path("name"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  @Override
  public String toString() {
    return "Jwt[***, receivedAt=" + receivedAt + ", lifetime=" + lifetime + "]";
  }

  private static Optional<JsonNode> claims(String text) {
    return part(text, 1);
  }

  private static Optional<JsonNode> part(String text, int index) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Json.read(Base64.getUrlDecoder().decode(parts[index])).filter(JsonNode::isObject);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Failure unusable() {
    return Failure.of(
        ExitCode.SERVER_ERROR,
        "The server's response to the exchange is not a JWT",
        "Check that the address is an OSMO server.");
  }
}
