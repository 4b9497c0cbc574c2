package dev.osmo.token.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What operators see of the topic. */
final class TopicMeters {

  /** A record that is not acknowledged yet. Each is different from all others. */
  static final class Pending {
    private final long since = System.nanoTime();
  }

  private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
  private final Counter accepted;
  private final Counter refused;
  private final Counter retries;
  private final Counter failed;

  /** Not a number without a configured topic, so that no alert compares it. */
  private volatile double subscribed = Double.NaN;

  TopicMeters(MeterRegistry meters) {
    this.failed = meters.counter("osmo.ssf.topic.records", "outcome", "failed");
    this.accepted = meters.counter("osmo.ssf.topic.records", "outcome", "accepted");
    this.refused = meters.counter("osmo.ssf.topic.records", "outcome", "refused");
    this.retries = meters.counter("osmo.ssf.topic.retries");
    TimeGauge.builder("osmo.ssf.topic.waiting", this::longestWait, TimeUnit.NANOSECONDS)
        .register(meters);
    Gauge.builder("osmo.ssf.topic.subscribed", () -> subscribed).register(meters);
  }

  void subscribed(boolean now) {
    subscribed = now ? 1 : 0;
  }

  Pending begun() {
    Pending record = new Pending();
    pending.add(record);
    return record;
  }

  void ended(Pending record) {
    pending.remove(record);
  }

  void accepted() {
    accepted.increment();
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
  }

  void retried() {
    retries.increment();
  }

  /** How long the oldest record waits, in nanoseconds; 0 without one. */
  private long longestWait() {
    long now = System.nanoTime();
    return pending.stream().mapToLong(record -> now - record.since).max().orElse(0);
  }
}
