package dev.osmo.token.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook gets: whose token expires, when, and how to renew it. It has no secret and no
 * roles.
 *
 * @param type {@code token.expiring}; {@code notice.test} for a test of the operator
 * @param timestamp when the facts were read
 */
record Notice(String type, Instant timestamp, Data data) {

  static final Duration RENEWED_FOR = Duration.ofDays(90);
  private static final String EXPIRING = "token.expiring";
  private static final String TEST = "notice.test";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** The token. */
  record Token(String id, String name, String owner) {}

  /**
   * @param daysLeft rounded up: 1 on the last day
   */
  record Data(Token token, Instant expiresAt, long daysLeft, Renewal renew) {}

  /**
   * How the owner renews the token.
   *
   * @param command for 90 days, or for the longest lifetime if that is shorter
   * @param page the web page; null if it is not served
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Renewal(String command, @Nullable String page) {

    static Renewal of(String tokenName, Sender sender) {
      return new Renewal(
          "osmo token rotate " + tokenName + " --expires-in " + lifetime(sender.maxLifetime()),
          sender.page());
    }

    /** Rounded down, so that the policy accepts it. */
    private static String lifetime(Duration longest) {
      Duration chosen = longest.compareTo(RENEWED_FOR) < 0 ? longest : RENEWED_FOR;
      if (chosen.toDays() > 0) {
        return chosen.toDays() + "d";
      }
      return chosen.toHours() > 0 ? chosen.toHours() + "h" : chosen.toMinutes() + "m";
    }
  }

  /**
   * What the settings say about renewals.
   *
   * @param page the web page; null if it is not served
   * @param maxLifetime the longest lifetime of a token
   */
  record Sender(@Nullable String page, Duration maxLifetime) {}

  static Notice expiring(Token token, Instant expiresAt, Instant asOf, Sender sender) {
    return of(EXPIRING, token, expiresAt, asOf, sender);
  }

  /** About a token that does not exist. */
  static Notice test(Instant now, Sender sender) {
    Token nobodys = new Token("pat_" + "0".repeat(22), "example", "nobody@example.com");
    return of(TEST, nobodys, now.plus(Duration.ofDays(7)), now, sender);
  }

  private static Notice of(
      String type, Token token, Instant expiresAt, Instant asOf, Sender sender) {
    return new Notice(
        type,
        asOf.truncatedTo(ChronoUnit.SECONDS),
        new Data(
            token,
            expiresAt.truncatedTo(ChronoUnit.SECONDS),
            daysBetween(asOf, expiresAt),
            Renewal.of(token.name(), sender)));
  }

  private static long daysBetween(Instant from, Instant until) {
    long day = Duration.ofDays(1).toMillis();
    return Math.ceilDiv(Duration.between(from, until).toMillis(), day);
  }

  byte[] json() {
    try {
      return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
