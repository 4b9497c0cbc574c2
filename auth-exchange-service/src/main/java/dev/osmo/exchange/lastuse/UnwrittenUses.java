package dev.osmo.exchange.lastuse;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses that are not in the database yet, one entry per secret. Holds no more secrets than it
 * may: beyond that, a further secret's use is not remembered.
 */
final class UnwrittenUses {

  private final Map<UUID, UsedBetween> uses = new ConcurrentHashMap<>();
  private final int most;

  UnwrittenUses(int most) {
    this.most = most;
  }

  /** False when there was no room. */
  boolean add(UUID secretId, Instant at) {
    if (uses.size() >= most && !uses.containsKey(secretId)) {
      return false;
    }
    uses.merge(secretId, UsedBetween.at(at), UsedBetween::and);
    return true;
  }

  /** Takes out as many as one statement writes. */
  Map<UUID, UsedBetween> take(int count) {
    Map<UUID, UsedBetween> taken = new HashMap<>();
    for (UUID secretId : uses.keySet().stream().limit(count).toList()) {
      UsedBetween use = uses.remove(secretId);
      if (use != null) {
        taken.put(secretId, use);
      }
    }
    return taken;
  }

  /** What was taken and could not be written; uses that came meanwhile are not forgotten. */
  void putBack(Map<UUID, UsedBetween> taken) {
    taken.forEach((secretId, use) -> uses.merge(secretId, use, UsedBetween::and));
  }

  int size() {
    return uses.size();
  }
}
