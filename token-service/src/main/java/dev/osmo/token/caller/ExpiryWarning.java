package dev.osmo.token.caller;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Optional;

/** Warns a client, with OSMO's text, that its access token expires within seven days. */
final class ExpiryWarning {

  static final String HEADER = "x-osmo-warning";
  private static final Duration SOON = Duration.ofDays(7);

  private ExpiryWarning() {}

  /** Returns the header's value; empty when the token expires later. */
  static Optional<String> of(CallingPat pat, Instant now) {
    return pat.expiresAt().isAfter(now.plus(SOON))
        ? Optional.empty()
        : Optional.of(
            base64("WARNING: Access token " + pat.name() + " is expiring on " + expiry(pat)));
  }

  private static String expiry(CallingPat pat) {
    ZonedDateTime expiry = pat.expiresAt().atZone(ZoneOffset.UTC);
    LocalTime time = LocalTime.of(expiry.getHour(), expiry.getMinute());
    return expiry.toLocalDate()
        + " at "
        + (time.equals(LocalTime.MIDNIGHT) ? "12AM" : time)
        + " UTC.";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
