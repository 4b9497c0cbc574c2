package dev.osmo.exchange.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * One bucket for each key that used something lately. Who used nothing for two minutes has a full
 * bucket and needs none kept. Beyond the most that are kept, the least used are forgotten: a flood
 * of keys costs no more memory.
 */
final class Budgets<K> {

  private static final Duration SURELY_FULL = Duration.ofMinutes(2);

  private final Quota quota;
  private final Cache<K, Bucket> buckets;

  Budgets(Quota quota, int most) {
    this.quota = quota;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(SURELY_FULL)
            .executor(Runnable::run)
            .build();
  }

  /** True when there was one left. */
  boolean spend(K key) {
    return buckets.get(key, unused -> quota.newBucket()).tryConsume(1);
  }

  boolean isExhausted(K key) {
    return remaining(key) == 0;
  }

  Allowance allowance(K key) {
    return quota.allowance(remaining(key));
  }

  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private long remaining(K key) {
    Bucket bucket = buckets.getIfPresent(key);
    return bucket == null ? quota.perMinute() : bucket.getAvailableTokens();
  }
}
