package dev.osmo.token.caller;

import dev.osmo.token.settings.SignInSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Warns a client, with OSMO's text, that its access token expires within seven days, or is refused
 * by then because its owner must sign in again. The client prints one warning, about what happens
 * first.
 *
 * @param beforeSignIn how long before the owner must sign in again
 */
record ExpiryWarning(Duration beforeSignIn) {

  static final String HEADER = "x-osmo-warning";
  private static final Duration SOON = Duration.ofDays(7);

  /** Whoever signs in more often than every 14 days is not warned all the time. */
  static ExpiryWarning of(SignInSettings settings) {
    return new ExpiryWarning(
        settings
            .reverifyAfter()
            .map(age -> age.dividedBy(2))
            .filter(half -> half.compareTo(SOON) < 0)
            .orElse(SOON));
  }

  /** Returns the header's value; empty when neither happens soon. */
  Optional<String> about(CallingPat pat, Instant now) {
    return signInDue(pat, now)
        .map(due -> "needs a sign-in of its owner before " + text(due) + " Run: osmo login")
        .or(() -> soon(pat.expiresAt(), now, SOON).map(end -> "is expiring on " + text(end)))
        .map(what -> base64("WARNING: Access token " + pat.name() + " " + what));
  }

  private Optional<Instant> signInDue(CallingPat pat, Instant now) {
    return soon(pat.signInDueAt(), now, beforeSignIn).filter(due -> due.isBefore(pat.expiresAt()));
  }

  private static Optional<Instant> soon(@Nullable Instant time, Instant now, Duration before) {
    return Optional.ofNullable(time).filter(end -> !end.isAfter(now.plus(before)));
  }

  private static String text(Instant instant) {
    ZonedDateTime end = instant.atZone(ZoneOffset.UTC);
    LocalTime time = LocalTime.of(end.getHour(), end.getMinute());
    return end.toLocalDate() + " at " + (time.equals(LocalTime.MIDNIGHT) ? "12AM" : time) + " UTC.";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
