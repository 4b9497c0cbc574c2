package dev.osmo.exchange.jwt;

import io.vertx.core.buffer.Buffer;

/**
 * A row of {@code signing_key}.
 *
 * @param publicJwk JSON without any private part
 * @param privatePart 12-byte nonce, then AES-256-GCM ciphertext and tag of the PKCS #8 encoding
 */
record SealedKey(KeyId id, KeyState state, String publicJwk, Buffer privatePart) {

  @Override
  public String toString() {
    return "sealed key " + id;
  }
}
