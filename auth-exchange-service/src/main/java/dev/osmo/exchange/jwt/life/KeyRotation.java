package dev.osmo.exchange.jwt.life;

import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

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
    return policy.next(keys).filter(move -> mayMake(move, keys)).isEmpty()
        ? Uni.createFrom().item(keys)
        : table.move(policy::next, this::newKey).chain(this::tend);
  }

  private boolean mayMake(KeyMove move, KeysNow keys) {
    return move instanceof KeyMove.Extend || opensAll(keys);
  }

  /** Who has another key file must not add a key that the others cannot open. */
  public boolean opensAll(KeysNow keys) {
    return keys.keys().stream().allMatch(stored -> keyEncryptionKey.open(stored.key()).isPresent());
  }

  public NewKey newKey() {
    return new NewKey(SigningKey.generate(keyEncryptionKey), policy.afterlife());
  }
}
