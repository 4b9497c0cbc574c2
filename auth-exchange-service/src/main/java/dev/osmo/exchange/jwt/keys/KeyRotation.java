package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the keys and applies each change that is due. The first replica to take the lock applies
 * it.
 */
@ApplicationScoped
class KeyRotation {

  private final SigningKeyTable table;
  private final KeyPolicy policy;
  private final KeyEncryptionKey keyEncryptionKey;

  KeyRotation(SigningKeyTable table, KeyPolicy policy, KeyEncryptionKey keyEncryptionKey) {
    this.table = table;
    this.policy = policy;
    this.keyEncryptionKey = keyEncryptionKey;
  }

  /** The keys, after every change that was due. */
  Uni<StoredKeys> advance() {
    return table.read().chain(this::applyDue);
  }

  private Uni<StoredKeys> applyDue(StoredKeys keys) {
    return due(keys).isEmpty()
        ? Uni.createFrom().item(keys)
        : table.apply(this::due, this::newKey).chain(this::advance);
  }

  private Optional<KeyTransition> due(StoredKeys keys) {
    return policy.next(keys).filter(transition -> needsNoKeyFile(transition) || isOurs(keys));
  }

  private static boolean needsNoKeyFile(KeyTransition transition) {
    return transition instanceof KeyTransition.ExtendRetention
        || transition instanceof KeyTransition.Erase;
  }

  /**
   * Whether the active and the pending key were created under this key file. A replica with another
   * key file must not add or activate a key that the others cannot decrypt. A foreign key that has
   * retired is ignored.
   */
  boolean isOurs(StoredKeys keys) {
    return Stream.concat(keys.active().stream(), keys.pending().stream()).allMatch(this::isOurs);
  }

  boolean isOurs(StoredKey key) {
    return keyEncryptionKey.authenticates(key.key());
  }

  NewKey newKey() {
    return new NewKey(SigningKey.generate(keyEncryptionKey), policy.retention());
  }
}
