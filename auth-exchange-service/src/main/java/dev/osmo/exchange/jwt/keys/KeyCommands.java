package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.life.KeyMove;
import dev.osmo.exchange.jwt.life.KeyPolicy;
import dev.osmo.exchange.jwt.life.KeyRotation;
import dev.osmo.exchange.jwt.life.KeysNow;
import dev.osmo.exchange.jwt.life.SigningKeyTable;
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
   * the replicas could not open it, because the key file here is not theirs.
   */
  public Optional<String> rotate() {
    return table
        .read()
        .chain(
            before ->
                rotation.opensAll(before)
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
                before.has(id)
                    ? forget(id).map(Optional::of)
                    : Uni.createFrom().item(Optional.<String>empty()))
        .await()
        .indefinitely();
  }

  private Uni<String> forget(KeyId id) {
    return table
        .move(keys -> Optional.of(new KeyMove.Forget(id)), rotation::newKey)
        .chain(rotation::tend)
        .map(keys -> "The signing key %s is gone. %s".formatted(id, whoSigns(keys)));
  }

  private static String whoSigns(KeysNow keys) {
    return keys.active()
        .map(key -> "The key %s signs.".formatted(key.id()))
        .orElse("No key signs: the key file does not open those that are left.");
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
