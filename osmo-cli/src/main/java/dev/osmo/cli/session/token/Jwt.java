package dev.osmo.cli.session.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The short-lived credential that requests carry. Its age is counted from the moment it was
 * received on this machine's clock, with the lifetime the server meant ({@code exp - iat}): so a
 * clock that is wrong by hours neither renews too often nor too late.
 *
 * @param text three base64url parts; opaque but for its claims
 */
public record Jwt(String text, Instant receivedAt, Duration lifetime) {
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
  private static final Duration LARGEST_MARGIN = Duration.ofSeconds(10);
  private static final Instant FARTHEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration CLOCK_STEP = Duration.ofSeconds(5);

  public Jwt {
    if (!SHAPE.matcher(text).matches()) {
      throw unusable();
    }
  }

  /**
   * What a server answered just now.
   *
   * @throws Failure when the text is not a JWT with a numeric {@code exp}
   */
  public static Jwt received(String text, Instant now) {
    JsonNode claims = claims(text).orElseThrow(Jwt::unusable);
    JsonNode exp = claims.path("exp");
    if (!exp.isNumber()) {
      throw unusable();
    }
    long issuedAt = claims.path("iat").asLong(now.getEpochSecond());
    // Two absurd numbers may differ by more than a number can hold.
    double seconds = (double) exp.asLong() - issuedAt;
    return new Jwt(text, now, lifetime((long) seconds));
  }

  /**
   * What was received then, and kept.
   *
   * @param receivedAt a moment that no clock can have shown makes it an old one
   */
  public static Jwt kept(String text, Instant receivedAt, long seconds) {
    boolean possible = receivedAt.isAfter(Instant.EPOCH) && receivedAt.isBefore(FARTHEST);
    return new Jwt(text, possible ? receivedAt : Instant.EPOCH, lifetime(seconds));
  }

  private static Duration lifetime(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFETIME.toSeconds()));
  }

  /**
   * Whether a request sent now arrives before the end. A tenth of the lifetime, at most {@link
   * #LARGEST_MARGIN}, is kept for the way; a clock that stands before the receipt was set back, so
   * the age is unknown and the answer no.
   */
  public boolean isFresh(Instant now) {
    Duration tenth = lifetime.dividedBy(10);
    Duration margin = tenth.compareTo(LARGEST_MARGIN) < 0 ? tenth : LARGEST_MARGIN;
    return now.isBefore(receivedAt.plus(lifetime).minus(margin))
        && !now.isBefore(receivedAt.minus(CLOCK_STEP));
  }

  /** The same, never to be used again; its claims still say whose it was. */
  public Jwt ended() {
    return new Jwt(text, Instant.EPOCH, Duration.ZERO);
  }

  /** The claims, unverified: what the server wrote for others to read. */
  public JsonNode claims() {
    return claims(text).orElseGet(Json::object);
  }

  /** Id of the token that it was exchanged for; empty when the server does not tell. */
  public String patId() {
    return claims().path("pat_id").asText("");
  }

  /** The first part: how it is signed. */
  public JsonNode header() {
    return part(text, 0).orElseGet(Json::object);
  }

  /** The end of its life on this machine's clock, in whole seconds. */
  public Instant expiresAt() {
    return receivedAt.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The name to greet, when the server put one into the claims. */
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
        "The server exchanged the token for something that is not a JWT",
        "Check that the address is an OSMO server.");
  }
}
