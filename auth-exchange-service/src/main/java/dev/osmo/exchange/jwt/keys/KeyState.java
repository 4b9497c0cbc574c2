package dev.osmo.exchange.jwt.keys;

import java.util.Locale;

/** The life of a signing key, in this order only. */
public enum KeyState {
  /** Published early, so that every verifier knows it before it signs. */
  PENDING,
  /** Signs. There is exactly one. */
  ACTIVE,
  /** Signs no more, and is published until the last JWT it signed has died. */
  RETIRING,
  GONE;

  static KeyState of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
