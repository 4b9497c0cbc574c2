package dev.osmo.exchange.jwt.material;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the content of refresh tokens with AES-256-GCM. The key is derived from that of the key
 * file, so a new key file ends every refresh token.
 *
 * <p>A sealed content is: version (1 byte), key id (8 bytes), nonce (12 bytes), ciphertext and tag.
 * Version and key id are authenticated data.
 *
 * @param id identifies the key, and reveals nothing about it
 */
public record RefreshTokenKey(SecretKeySpec key, long id) {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  static RefreshTokenKey derivedFrom(KeyEncryptionKey key) {
    return new RefreshTokenKey(
        new SecretKeySpec(key.derive("osmo refresh token key"), "AES"),
        ByteBuffer.wrap(key.derive("osmo refresh token key id")).getLong());
  }

  /** The sealed content, different at every call. */
  public byte[] seal(byte[] content) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(VERSION).putLong(id).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, head, nonce).doFinal(content);
      return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + sealed.length)
          .put(head)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /** The content; empty if it was changed, or sealed with another key or in another version. */
  public Optional<byte[]> open(byte[] sealed) {
    if (sealed.length < HEAD_BYTES + NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
    ByteBuffer parts = ByteBuffer.wrap(head);
    if (parts.get() != VERSION || parts.getLong() != id) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
    int start = HEAD_BYTES + NONCE_BYTES;
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, head, nonce).doFinal(sealed, start, sealed.length - start));
    } catch (AEADBadTagException changed) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  private Cipher cipher(int mode, byte[] head, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    return cipher;
  }

  @Override
  public String toString() {
    return "refresh token key";
  }
}
