package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JWT's header and claims, one per line; times also as dates, relative to now. */
final class ClaimLines {
  /** The NumericDate claims of RFC 7519, section 4.1. */
  private static final List<String> TIMES = List.of("exp", "iat", "nbf");

  /** The last second of the year 9999. */
  private static final long LATEST = 253_402_300_799L;

  private ClaimLines() {}

  static List<String> of(JsonNode header, JsonNode claims, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("Header:");
    header.properties().forEach(entry -> lines.add(line(entry, now)));
    lines.add("Claims:");
    claims.properties().forEach(entry -> lines.add(line(entry, now)));
    return lines;
  }

  private static String line(Map.Entry<String, JsonNode> claim, Instant now) {
    return "  " + claim.getKey() + ": " + value(claim.getKey(), claim.getValue(), now);
  }

  private static String value(String name, JsonNode value, Instant now) {
    if (TIMES.contains(name) && value.isNumber() && Math.abs(value.asDouble()) <= LATEST) {
      Instant at = Instant.ofEpochSecond(value.asLong());
      return value.asLong() + " (" + at + ", " + distance(Duration.between(now, at)) + ")";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static String distance(Duration duration) {
    return duration.isNegative()
        ? duration.abs().toSeconds() + " s ago"
        : "in " + duration.toSeconds() + " s";
  }
}
