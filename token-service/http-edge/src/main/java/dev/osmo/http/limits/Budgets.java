package dev.osmo.http.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * One bucket for each key that was used recently, in the memory of this replica. A key that was not
 * used for two minutes has a full bucket, so none is kept. At the limit on keys, the least recently
 * used keys are evicted, so memory use is bounded.
 */
public final class Budgets<K> {

  private static final Duration CERTAINLY_FULL = Duration.ofMinutes(2);

  private final Quota quota;
  private final RefillTime time;
  private final Cache<K, Bucket> buckets;

  public Budgets(Quota quota, int maxKeys, RefillTime time) {
    this.quota = quota;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(maxKeys)
            .expireAfterAccess(CERTAINLY_FULL)
            .executor(Runnable::run)
            .build();
  }

  /** Consumes one; false if none is left. */
  public boolean spend(K key) {
    return buckets.get(key, unused -> quota.newBucket(time)).tryConsume(1);
  }

  public boolean isExhausted(K key) {
    return remaining(key) == 0;
  }

  public Allowance allowance(K key) {
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
