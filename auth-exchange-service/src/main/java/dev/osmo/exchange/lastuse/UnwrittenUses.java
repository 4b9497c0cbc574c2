package dev.osmo.exchange.lastuse;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses that are not in the database yet, one entry for each secret. When it is full, a use of a
 * further secret is dropped.
 */
final class UnwrittenUses {

  private final Map<UUID, UsePeriod> uses = new ConcurrentHashMap<>();
  private final int most;

  UnwrittenUses(int most) {
    this.most = most;
  }

  /** False if it is full. */
  boolean add(UUID secretId, Instant at) {
    if (uses.size() >= most && !uses.containsKey(secretId)) {
      return false;
    }
    uses.merge(secretId, UsePeriod.at(at), UsePeriod::and);
    return true;
  }

  /** Takes out at most this many. */
  Map<UUID, UsePeriod> take(int count) {
    Map<UUID, UsePeriod> taken = new HashMap<>();
    for (UUID secretId : uses.keySet().stream().limit(count).toList()) {
      UsePeriod use = uses.remove(secretId);
      if (use != null) {
        taken.put(secretId, use);
      }
    }
    return taken;
  }

  /** Puts back what could not be written and keeps the uses that were added meanwhile. */
  void putBack(Map<UUID, UsePeriod> taken) {
    taken.forEach((secretId, use) -> uses.merge(secretId, use, UsePeriod::and));
  }

  int size() {
    return uses.size();
  }
}
