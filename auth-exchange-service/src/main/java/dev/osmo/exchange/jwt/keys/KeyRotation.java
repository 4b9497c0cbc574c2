package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the keys and, on whichever replica comes first, makes each step that is due. */
@Singleton
public class KeyRotation {

  private final SigningKeyTable table;
  private final KeyPolicy policy;
  private final KeyEncryptionKey keyEncryptionKey;

  KeyRotation(SigningKeyTable table, KeyPolicy policy, KeyEncryptionKey keyEncryptionKey) {
    this.table = table;
    this.policy = policy;
    this.keyEncryptionKey = keyEncryptionKey;
  }

  /** The keys, after everything that was due. */
  public Uni<KeysNow> tend() {
    return table.read().chain(this::moveIfDue);
  }

  private Uni<KeysNow> moveIfDue(KeysNow keys) {
    return due(keys).isEmpty()
        ? Uni.createFrom().item(keys)
        : table.move(this::due, this::newKey).chain(this::tend);
  }

  private Optional<KeyMove> due(KeysNow keys) {
    return policy.next(keys).filter(move -> needsNoKeyFile(move) || isOurs(keys));
  }

  private static boolean needsNoKeyFile(KeyMove move) {
    return move instanceof KeyMove.Extend || move instanceof KeyMove.Forget;
  }

  /**
   * Whether the keys that sign, or will, were made under this key file. Who has another one must
   * not add a key that the others cannot open, nor let one sign. A stranger's row that has retired,
   * the only kind of which there may be more than one, is nobody's key and holds up nothing.
   */
  public boolean isOurs(KeysNow keys) {
    return Stream.concat(keys.active().stream(), keys.pending().stream()).allMatch(this::isOurs);
  }

  public boolean isOurs(StoredKey key) {
    return keyEncryptionKey.vouchesFor(key.key());
  }

  public NewKey newKey() {
    return new NewKey(SigningKey.generate(keyEncryptionKey), policy.afterlife());
  }
}
