package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.pat.StoredPat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a genuine token may be exchanged now, and until when.
 *
 * <p>If several reasons apply, the first in this order is reported: owner disabled, revoked,
 * expired, suspended, rotated out, no roles left, owner must sign in. A sign-in does not help
 * against any other, so it is the last.
 */
record ExchangePolicy(Duration ttl) {

  Validation decide(StoredPat pat, Instant now) {
    if (pat.owner().disabledAt() != null) {
      return new Refused(RefusalReason.OWNER_DISABLED, pat);
    }
    if (pat.credential().revokedAt() != null) {
      return new Refused(RefusalReason.REVOKED, pat);
    }
    if (hasPassed(pat.expiresAt(), now)) {
      return new Refused(RefusalReason.EXPIRED, pat);
    }
    if (pat.suspendedAt() != null) {
      return new Refused(RefusalReason.SUSPENDED, pat);
    }
    if (hasPassed(pat.credential().validUntil(), now)) {
      return new Refused(RefusalReason.ROTATED_OUT, pat);
    }
    if (pat.roles().isEmpty()) {
      return new Refused(RefusalReason.NO_ROLES_LEFT, pat);
    }
    if (hasPassed(pat.owner().signInDueAt(), now)) {
      return new Refused(RefusalReason.OWNER_MUST_SIGN_IN, pat);
    }
    return new Valid(pat, latestExpiry(pat, now));
  }

  /**
   * A JWT counts whole seconds and lives for at least one, so a token is not exchanged in its last
   * second.
   */
  private static boolean hasPassed(@Nullable Instant end, Instant now) {
    return end != null && wholeSecond(end).isBefore(now.plusSeconds(1));
  }

  private Instant latestExpiry(StoredPat pat, Instant now) {
    return Stream.of(
            now.plus(ttl),
            pat.expiresAt(),
            orNever(pat.credential().validUntil()),
            orNever(pat.owner().signInDueAt()))
        .map(ExchangePolicy::wholeSecond)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static Instant orNever(@Nullable Instant end) {
    return end == null ? Instant.MAX : end;
  }

  private static Instant wholeSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
