package dev.osmo.local.people;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** When a token of the local stack is replaced, and until when the new one lives. */
final class Renewal {
  static final Duration LIFE = Duration.ofDays(365);
  static final Duration RENEW_BELOW = Duration.ofDays(90);

  private Renewal() {}

  static boolean isDue(Instant expiresAt, Instant now) {
    return expiresAt.isBefore(now.plus(RENEW_BELOW));
  }

  /**
   * Whether the administrator's file gets a new token.
   *
   * @param fileIsGood whether the file holds a well-formed token
   * @param registered the expiry of the token that token-service registered last; empty before the
   *     first start and when somebody deleted that token, which is no reason to bring it back
   */
  static boolean adminTokenIsDue(boolean fileIsGood, Optional<Instant> registered, Instant now) {
    return !fileIsGood || registered.filter(expiry -> isDue(expiry, now)).isPresent();
  }

  /**
   * Tokens end at midnight UTC of a date, and one made by an administrator's token not after that
   * token.
   */
  static LocalDate lastDay(Instant now, Instant makersExpiry) {
    Instant end = now.plus(LIFE).isBefore(makersExpiry) ? now.plus(LIFE) : makersExpiry;
    return LocalDate.ofInstant(end, ZoneOffset.UTC);
  }
}
