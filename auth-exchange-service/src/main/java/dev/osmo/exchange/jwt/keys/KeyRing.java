package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.life.KeysNow;
import dev.osmo.exchange.jwt.life.StoredKey;
import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys at one moment: the one that signs and those that verifiers may need.
 *
 * @param jwks the RFC 7517 document, public parts only
 * @param activeSince since when the active key signs
 * @param published the keys of that document
 * @param strangers keys in the database that were not made under this key file: not published
 */
public record KeyRing(
    SigningKey active,
    Instant activeSince,
    String jwks,
    PublishedKeys published,
    Set<KeyId> strangers) {

  public KeyRing {
    strangers = Set.copyOf(strangers);
  }

  /** The ring of these rows; nothing when none is active or the active one does not open. */
  static Optional<KeyRing> of(KeysNow keys, KeyEncryptionKey keyEncryptionKey) {
    return keys.active()
        .flatMap(
            stored ->
                open(stored.key(), keyEncryptionKey)
                    .map(active -> of(active, stored.since(), keys, keyEncryptionKey)));
  }

  private static KeyRing of(
      SigningKey active, Instant activeSince, KeysNow keys, KeyEncryptionKey keyEncryptionKey) {
    List<SealedKey> all = keys.keys().stream().map(StoredKey::key).toList();
    List<SealedKey> ours = all.stream().filter(keyEncryptionKey::vouchesFor).toList();
    String jwks = jwksOf(ours);
    return new KeyRing(active, activeSince, jwks, PublishedKeys.of(jwks), strangersIn(all, ours));
  }

  private static Set<KeyId> strangersIn(List<SealedKey> all, List<SealedKey> ours) {
    return all.stream()
        .filter(key -> !ours.contains(key))
        .map(SealedKey::id)
        .collect(Collectors.toSet());
  }

  private static Optional<SigningKey> open(SealedKey key, KeyEncryptionKey keyEncryptionKey) {
    return keyEncryptionKey.open(key).map(privateKey -> new SigningKey(key.id(), privateKey));
  }

  private static String jwksOf(List<SealedKey> keys) {
    return keys.stream()
        .map(SealedKey::publicJwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
