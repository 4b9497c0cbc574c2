package dev.osmo.http.limits;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/** The number of requests per minute, also the burst size. Refills evenly. */
public record Quota(String name, long perMinute) {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  Bucket newBucket(RefillTime time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
        .withCustomTimePrecision(time)
        .build();
  }

  Allowance allowance(long remaining) {
    long used = perMinute - remaining;
    return new Allowance(this, remaining, secondsFor(used), Math.max(1, secondsFor(1)));
  }

  long windowSeconds() {
    return WINDOW.toSeconds();
  }

  private long secondsFor(long count) {
    return Math.ceilDiv(count * WINDOW.toSeconds(), perMinute);
  }
}
