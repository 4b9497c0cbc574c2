package dev.osmo.exchange.jwt.material;

import io.vertx.core.buffer.Buffer;

/**
 * A key as it rests in {@code signing_key}.
 *
 * @param publicJwk JSON without any private part
 * @param privatePart 12-byte nonce, then AES-256-GCM ciphertext and tag of the PKCS #8 encoding
 */
public record SealedKey(KeyId id, String publicJwk, Buffer privatePart) {

  @Override
  public String toString() {
    return "sealed key " + id;
  }
}
