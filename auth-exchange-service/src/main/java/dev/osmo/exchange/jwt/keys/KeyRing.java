package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;

/**
 * The signing keys at one moment: the active one, if any, and all that verifiers may need.
 *
 * @param jwks the RFC 7517 document, public parts only
 * @param published the keys of that document
 * @param foreignKeys keys in the database that were not created under this key file; they do not
 *     sign and are not published
 */
record KeyRing(
    Optional<Active> active, String jwks, PublishedKeys published, Set<KeyId> foreignKeys) {

  /**
   * The key that signs.
   *
   * @param since when it became active
   */
  record Active(SigningKey key, Instant since) {}

  public KeyRing {
    foreignKeys = Set.copyOf(foreignKeys);
  }

  /**
   * The ring of these rows. Rows that were not created under this key file become {@code
   * foreignKeys}.
   */
  static KeyRing of(StoredKeys keys, KeyEncryptionKey keyEncryptionKey) {
    List<SealedKey> ours = keys(keys, keyEncryptionKey::authenticates);
    String jwks = jwksOf(ours);
    return new KeyRing(
        keys.active().filter(key -> ours.contains(key.key())).flatMap(open(keyEncryptionKey)),
        jwks,
        PublishedKeys.of(jwks),
        keys(keys, key -> !ours.contains(key)).stream()
            .map(SealedKey::id)
            .collect(Collectors.toSet()));
  }

  private static List<SealedKey> keys(StoredKeys keys, Predicate<SealedKey> which) {
    return keys.keys().stream().map(StoredKey::key).filter(which).toList();
  }

  private static Function<StoredKey, Optional<Active>> open(KeyEncryptionKey keyEncryptionKey) {
    return stored ->
        keyEncryptionKey.open(stored.key()).map(key -> new Active(key, stored.since()));
  }

  private static String jwksOf(List<SealedKey> keys) {
    return new JsonWebKeySet(keys.stream().map(SealedKey::publicKey).toList()).toJson();
  }
}
