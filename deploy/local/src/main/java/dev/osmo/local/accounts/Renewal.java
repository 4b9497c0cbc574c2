package dev.osmo.local.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** When a token of the local stack is renewed, and when the new one expires. */
final class Renewal {
  static final Duration LIFETIME = Duration.ofDays(365);
  static final Duration RENEW_BELOW = Duration.ofDays(90);

  private Renewal() {}

  static boolean isDue(Instant expiresAt, Instant now) {
    return expiresAt.isBefore(now.plus(RENEW_BELOW));
  }

  /**
   * Whether the administrator's file gets a new token.
   *
   * @param wellFormed whether the file contains a well-formed token
   * @param registered the expiry of the token that token-service registered last. Empty before the
   *     first start, and if the token was deleted; a deleted token is not replaced
   */
  static boolean adminTokenIsDue(boolean wellFormed, Optional<Instant> registered, Instant now) {
    return !wellFormed || registered.filter(expiry -> isDue(expiry, now)).isPresent();
  }

  /**
   * The expiry date of a new token. Tokens expire at midnight UTC, and not later than the
   * administrator's token that creates them.
   */
  static LocalDate expiryDate(Instant now, Instant adminExpiry) {
    Instant end = now.plus(LIFETIME).isBefore(adminExpiry) ? now.plus(LIFETIME) : adminExpiry;
    return LocalDate.ofInstant(end, ZoneOffset.UTC);
  }
}
