package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.life.KeysNow;
import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys at one moment: the one that signs and those that verifiers may need.
 *
 * @param jwks the RFC 7517 document, public parts only
 * @param activeSince since when the active key signs
 * @param published the keys of that document
 */
public record KeyRing(
    SigningKey active, Instant activeSince, String jwks, PublishedKeys published) {

  /** The ring of these rows; nothing when none is active or the active one does not open. */
  static Optional<KeyRing> of(KeysNow keys, KeyEncryptionKey keyEncryptionKey) {
    return keys.active()
        .flatMap(
            stored ->
                open(stored.key(), keyEncryptionKey)
                    .map(active -> of(active, stored.since(), jwksOf(keys))));
  }

  private static KeyRing of(SigningKey active, Instant activeSince, String jwks) {
    return new KeyRing(active, activeSince, jwks, PublishedKeys.of(jwks));
  }

  private static Optional<SigningKey> open(SealedKey key, KeyEncryptionKey keyEncryptionKey) {
    return keyEncryptionKey.open(key).map(privateKey -> new SigningKey(key.id(), privateKey));
  }

  private static String jwksOf(KeysNow keys) {
    return keys.keys().stream()
        .map(stored -> stored.key().publicJwk())
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
