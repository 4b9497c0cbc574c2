package dev.osmo.exchange.validation;

import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.validation.Decision.Denied;
import dev.osmo.exchange.validation.Decision.Permitted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a genuine token may be exchanged now, and until when.
 *
 * <p>Of several reasons against it the first of this order is told: owner disabled, revoked,
 * expired, suspended, rotated out, no roles left.
 */
record ExchangePolicy(Duration ttl) {

  Decision decide(StoredPat pat, Instant now) {
    if (pat.owner().disabledAt() != null) {
      return new Denied(Refusal.OWNER_DISABLED);
    }
    if (pat.secret().revokedAt() != null) {
      return new Denied(Refusal.REVOKED);
    }
    if (isOver(pat.expiresAt(), now)) {
      return new Denied(Refusal.EXPIRED);
    }
    if (pat.suspendedAt() != null) {
      return new Denied(Refusal.SUSPENDED);
    }
    if (isOver(pat.secret().validUntil(), now)) {
      return new Denied(Refusal.ROTATED_OUT);
    }
    if (pat.roles().isEmpty()) {
      return new Denied(Refusal.NO_ROLES_LEFT);
    }
    return new Permitted(earliestEnd(pat, now));
  }

  /** A JWT counts whole seconds, so the last broken second of a token is not exchanged any more. */
  private static boolean isOver(@Nullable Instant end, Instant now) {
    return end != null && !wholeSecond(end).isAfter(now);
  }

  private Instant earliestEnd(StoredPat pat, Instant now) {
    return Stream.of(now.plus(ttl), pat.expiresAt(), orNever(pat.secret().validUntil()))
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
