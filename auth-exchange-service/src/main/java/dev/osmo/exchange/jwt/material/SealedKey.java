package dev.osmo.exchange.jwt.material;

import io.vertx.core.buffer.Buffer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;

/**
 * A signing key as stored in {@code signing_key}.
 *
 * @param publicJwk JSON without any private part
 * @param privatePart 12-byte nonce, then AES-256-GCM ciphertext and tag of the PKCS #8 encoding
 */
public record SealedKey(KeyId id, String publicJwk, Buffer privatePart) {

  /** RFC 7638. */
  boolean hasThumbprintAsId() {
    try {
      return JsonWebKey.Factory.newJwk(publicJwk)
          .calculateBase64urlEncodedThumbprint(HashUtil.SHA_256)
          .equals(id.value());
    } catch (JoseException | ClassCastException e) {
      return false; // ClassCastException: forged JSON with members of other types
    }
  }

  /** The public key. Call it only for a key that the key file authenticates. */
  public JsonWebKey publicKey() {
    try {
      return JsonWebKey.Factory.newJwk(publicJwk);
    } catch (JoseException e) {
      throw new IllegalStateException("the key " + id + " is authentic and cannot be parsed", e);
    }
  }

  @Override
  public String toString() {
    return "sealed key " + id;
  }
}
