package dev.osmo.exchange.jwt.keys;

import java.util.Locale;

/** The state of a signing key. Moves forward only, in this order. */
enum KeyState {
  /** Published, so that every verifier has the key before it signs. */
  PENDING,
  /** Signs. There is at most one. */
  ACTIVE,
  /** No longer signs. Published until the last JWT that it signed has expired. */
  RETIRING,
  GONE;

  static KeyState of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
