package dev.osmo.devprovider;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Values that are taken once and expire. */
final class OneTime<K, V> {
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Duration life;

  OneTime(Duration life) {
    this.life = life;
  }

  void put(K key, V value, Instant now) {
    entries.values().removeIf(entry -> !now.isBefore(entry.expiry));
    entries.put(key, new Entry<>(value, now.plus(life)));
  }

  Optional<V> take(K key, Instant now) {
    return Optional.ofNullable(entries.remove(key))
        .filter(entry -> now.isBefore(entry.expiry))
        .map(Entry::value);
  }

  private record Entry<V>(V value, Instant expiry) {}
}
