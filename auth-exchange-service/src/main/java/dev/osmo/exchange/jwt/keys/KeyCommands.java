package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What an operator may order about the keys, from a process beside the running replicas. They
 * notice at their next look at the table.
 */
@Singleton
public class KeyCommands {

  private static final String SIGNS = "The key %s signs.";
  private static final String IN_ITS_PLACE =
      "The key %s is in its place, which the key file here does not open: one of the two is a stranger's.";

  private final SigningKeyTable table;
  private final KeyRotation rotation;
  private final KeyPolicy policy;

  KeyCommands(SigningKeyTable table, KeyRotation rotation, KeyPolicy policy) {
    this.table = table;
    this.rotation = rotation;
    this.policy = policy;
  }

  /**
   * Publishes the next key, unless one is published already, and says when it will sign; empty when
   * no key signs of which it is certain that it is of the same key file as the one here.
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
        .move(KeyCommands::publishUnlessPending, rotation::newKey)
        .chain(table::read)
        .map(this::nextKey);
  }

  /** Ends a key at once, whatever its state; empty when there is none with this id. */
  public Optional<String> revoke(String kid) {
    KeyId id = new KeyId(kid);
    return table
        .read()
        .chain(
            before ->
                before
                    .find(id)
                    .map(key -> forget(key).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.<String>empty())))
        .await()
        .indefinitely();
  }

  /**
   * Makes the next key only where the key file is proven: another one would shut the replicas out.
   */
  private Uni<String> forget(StoredKey key) {
    return table
        .move(keys -> Optional.of(new KeyMove.Forget(key.id())), rotation::newKey)
        .chain(() -> rotation.isOurs(key) ? rotation.tend() : table.read())
        .map(keys -> "The signing key %s is gone. %s".formatted(key.id(), whoSigns(keys)));
  }

  private String whoSigns(KeysNow keys) {
    return keys.active()
        .or(keys::pending)
        .map(key -> (rotation.isOurs(key) ? SIGNS : IN_ITS_PLACE).formatted(key.id()))
        .orElse("A replica makes the next one, under its own key file.");
  }

  private static Optional<KeyMove> publishUnlessPending(KeysNow keys) {
    return keys.pending().isPresent() ? Optional.empty() : Optional.of(new KeyMove.Publish());
  }

  private String nextKey(KeysNow keys) {
    return keys.pending()
        .map(
            key ->
                "The signing key %s is published and will sign from %s."
                    .formatted(key.id(), key.since().plus(policy.publishAhead())))
        .orElse("The next signing key signs already.");
  }
}
