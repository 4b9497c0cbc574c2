package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import java.time.Duration;

/** One change of state of the signing keys. Each is one transaction. */
sealed interface KeyTransition {

  /** Publishes a new key that does not sign yet. */
  record Publish() implements KeyTransition {}

  /** Makes the pending key sign and retires the active one. */
  record Activate(KeyId next) implements KeyTransition {}

  /** Creates a key that signs immediately, because there is no other key. */
  record CreateActive() implements KeyTransition {}

  /** Keeps a key published for this long after its retirement. */
  record ExtendRetention(KeyId id, Duration retention) implements KeyTransition {}

  /** Withdraws and erases a key: its last JWT has expired, or an operator revoked it. */
  record Erase(KeyId id) implements KeyTransition {}
}
