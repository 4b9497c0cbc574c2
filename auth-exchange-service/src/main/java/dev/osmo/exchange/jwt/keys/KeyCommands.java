package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The operator's commands for signing keys. They run in a separate process; the running replicas
 * detect the change at their next poll.
 */
@ApplicationScoped
public class KeyCommands {

  /** The commands as the audit trail names them; V21 reads the second. */
  private static final String ROTATE = "rotate-keys";

  private static final String REVOKE = "revoke-key";
  private static final String SIGNS = "The key %s signs.";
  private static final String REPLACED_BY_FOREIGN =
      "The key %s replaces it, but this key file does not decrypt it: the key or the key file is wrong.";

  private final SigningKeyTable table;
  private final KeyRotation rotation;
  private final KeyPolicy policy;

  KeyCommands(SigningKeyTable table, KeyRotation rotation, KeyPolicy policy) {
    this.table = table;
    this.rotation = rotation;
    this.policy = policy;
  }

  /**
   * Publishes the next key, unless one is already published, and reports when it will sign. Empty
   * if there is no active key, or if this key file does not decrypt the active and pending keys.
   */
  public Optional<String> rotate() {
    return table
        .read()
        .chain(
            before ->
                before.active().isPresent() && rotation.isOurs(before)
                    ? publish().map(Optional::of)
                    : Uni.createFrom().item(Optional.<String>empty()))
        .await()
        .indefinitely();
  }

  private Uni<String> publish() {
    return table
        .applyCommand(ROTATE, KeyCommands::publishUnlessPending, rotation::newKey)
        .chain(table::read)
        .map(this::nextKey);
  }

  /** Revokes a key immediately, whatever its state. Empty if there is no key with this id. */
  public Optional<String> revoke(String kid) {
    KeyId id = new KeyId(kid);
    return table
        .read()
        .chain(
            before ->
                before
                    .find(id)
                    .map(key -> erase(key).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.<String>empty())))
        .await()
        .indefinitely();
  }

  /**
   * Creates the next key only if this key file decrypts the revoked one. The replicas could not
   * decrypt a key that was created under another key file.
   */
  private Uni<String> erase(StoredKey key) {
    return table
        .applyCommand(
            REVOKE, keys -> Optional.of(new KeyTransition.Erase(key.id())), rotation::newKey)
        .chain(() -> rotation.isOurs(key) ? rotation.advance() : table.read())
        .map(keys -> "The signing key %s is revoked. %s".formatted(key.id(), whoSigns(keys)));
  }

  private String whoSigns(StoredKeys keys) {
    return keys.active()
        .or(keys::pending)
        .map(key -> (rotation.isOurs(key) ? SIGNS : REPLACED_BY_FOREIGN).formatted(key.id()))
        .orElse("A replica will create the next one, under its own key file.");
  }

  private static Optional<KeyTransition> publishUnlessPending(StoredKeys keys) {
    return keys.pending().isPresent() ? Optional.empty() : Optional.of(new KeyTransition.Publish());
  }

  private String nextKey(StoredKeys keys) {
    return keys.pending()
        .map(
            key ->
                "The signing key %s is published and will sign from %s."
                    .formatted(key.id(), key.since().plus(policy.publishAhead())))
        .orElse("The next signing key is already active.");
  }
}
