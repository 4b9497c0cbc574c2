package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import java.time.Duration;

/** One step in the life of the keys. Each is one transaction. */
public sealed interface KeyMove {

  /** A new key is published and does not sign yet. */
  record Publish() implements KeyMove {}

  /** The pending key signs from now on, and the one that signed until now retires. */
  record Activate(KeyId next) implements KeyMove {}

  /** There is no key at all: a new one signs at once. */
  record Begin() implements KeyMove {}

  /** JWTs that will be signed with this key may be alive for so long after its retirement. */
  record Extend(KeyId id, Duration afterlife) implements KeyMove {}

  /** No JWT of this key is alive, or none may be: it is published no more and erased. */
  record Forget(KeyId id) implements KeyMove {}
}
