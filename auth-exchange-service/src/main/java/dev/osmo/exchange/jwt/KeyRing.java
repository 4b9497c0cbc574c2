package dev.osmo.exchange.jwt;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys at one moment: the one that signs and those that verifiers may need.
 *
 * @param jwks the RFC 7517 document, public parts only
 */
record KeyRing(SigningKey active, String jwks) {

  /** The ring of these rows; nothing when none is active or the active one does not open. */
  static Optional<KeyRing> of(List<SealedKey> keys, KeyEncryptionKey keyEncryptionKey) {
    return keys.stream()
        .filter(key -> key.state() == KeyState.ACTIVE)
        .findFirst()
        .flatMap(key -> open(key, keyEncryptionKey))
        .map(active -> new KeyRing(active, jwksOf(keys)));
  }

  private static Optional<SigningKey> open(SealedKey key, KeyEncryptionKey keyEncryptionKey) {
    return keyEncryptionKey.open(key).map(privateKey -> new SigningKey(key.id(), privateKey));
  }

  private static String jwksOf(List<SealedKey> keys) {
    return keys.stream()
        .filter(key -> key.state().isPublished())
        .map(SealedKey::publicJwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
