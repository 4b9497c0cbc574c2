package dev.osmo.client.wire;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a JWT can be sent. Its age is measured on this machine's clock from the moment it was
 * received. So a wrong clock renews it neither too often nor too late.
 *
 * @param length from zero to one day
 */
public record Lifetime(Instant receivedAt, Duration length) {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LARGEST_MARGIN = Duration.ofSeconds(10);
  private static final Duration CLOCK_STEP = Duration.ofSeconds(5);

  public Lifetime {
    length = length.isNegative() ? Duration.ZERO : length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }

  /**
   * Whether a request sent now arrives before the JWT expires. Leaves a margin of a tenth of the
   * lifetime, at most {@link #LARGEST_MARGIN}. If the clock was set back to before the receipt, the
   * age is unknown and the result is false.
   */
  public boolean isFresh(Instant now) {
    Duration tenth = length.dividedBy(10);
    Duration margin = tenth.compareTo(LARGEST_MARGIN) < 0 ? tenth : LARGEST_MARGIN;
    return now.isBefore(expiresAt().minus(margin)) && !now.isBefore(receivedAt.minus(CLOCK_STEP));
  }

  /** On this machine's clock. */
  public Instant expiresAt() {
    return receivedAt.plus(length);
  }
}
