package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What an operator reads about the keys: each change once. */
final class KeyLog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.keys");

  private KeyLog() {}

  static void changed(@Nullable KeyRing before, KeyRing now) {
    if (before == null || !idOf(before).equals(idOf(now))) {
      now.active()
          .ifPresentOrElse(
              active -> LOG.infof("signing kid=%s since=%s", active.key().id(), active.since()),
              () -> LOG.error(new NoSigningKey().getMessage()));
    }
    Set<KeyId> known = before == null ? Set.of() : before.foreignKeys();
    if (!now.foreignKeys().isEmpty() && !now.foreignKeys().equals(known)) {
      LOG.errorf(
          "keys that were not made under this key file are neither published nor used; revoke them: kids=%s",
          now.foreignKeys());
    }
  }

  private static Optional<KeyId> idOf(KeyRing ring) {
    return ring.active().map(active -> active.key().id());
  }
}
