package dev.osmo.token.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Instants as OSMO writes them, which existing clients parse with fixed formats: a fraction of six
 * digits or none. All are UTC.
 */
public final class OsmoTime {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private OsmoTime() {}

  /** {@code 2027-01-01T00:00:00}: an expiry, which OSMO keeps without a time zone. */
  public static String zoneless(Instant time) {
    return text(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** {@code 2026-11-02T10:00:00.500000Z}: RFC 3339, and what OSMO writes for other instants. */
  public static String zoned(Instant time) {
    return text(time) + "Z";
  }

  /** {@code 2026-11-02T10:00:00.500000+00:00}: what OSMO writes in the list of a role's users. */
  public static String withOffset(Instant time) {
    return text(time) + "+00:00";
  }

  private static String text(Instant time) {
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);
    boolean wholeSecond = micros.equals(time.truncatedTo(ChronoUnit.SECONDS));
    return (wholeSecond ? SECONDS : MICROSECONDS)
        .format(LocalDateTime.ofInstant(micros, ZoneOffset.UTC));
  }
}
