package dev.osmo.exchange.jwt.material;

import dev.osmo.http.start.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key from the key file, which encrypts private keys in the database. AES-256-GCM. */
public record KeyEncryptionKey(SecretKeySpec key) {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String MAC = "HmacSHA256";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Reads the file, or stops the start with the reason. */
  public static KeyEncryptionKey read(Path path) {
    SecretFile file = new SecretFile("key file", path);
    List<String> lines = file.lines();
    if (lines.size() != 1) {
      throw file.refused("must contain exactly one line");
    }
    return SecretFile.key(lines.getFirst())
        .map(bytes -> new KeyEncryptionKey(new SecretKeySpec(bytes, "AES")))
        .orElseThrow(() -> file.refused("does not contain 32 bytes in base64"));
  }

  /** The id is authenticated data, so a ciphertext moved to another row does not decrypt. */
  byte[] seal(KeyId id, PrivateKey privateKey) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(privateKey.getEncoded());
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
      return both;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /** The decrypted key; empty if it was encrypted under another key. */
  public Optional<SigningKey> open(SealedKey sealed) {
    byte[] both = sealed.privatePart().getBytes();
    if (both.length < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    try {
      byte[] encoded =
          cipher(Cipher.DECRYPT_MODE, sealed.id(), nonce)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      PrivateKey privateKey =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return Optional.of(new SigningKey(sealed.id(), privateKey));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + sealed.id() + " is damaged", e);
    }
  }

  /**
   * Whether this key was created under this key file. Write access to the database is not enough to
   * create one: the private key decrypts only under its own id, and the id is derived from the
   * public key.
   */
  public boolean authenticates(SealedKey sealed) {
    return sealed.hasThumbprintAsId() && open(sealed).isPresent();
  }

  /**
   * A key of 32 bytes for another purpose (HKDF with SHA-256 and no salt, RFC 5869).
   *
   * @param purpose the {@code info}: different purposes have unrelated keys
   */
  byte[] derive(String purpose) {
    try {
      Mac extract = Mac.getInstance(MAC);
      extract.init(new SecretKeySpec(new byte[extract.getMacLength()], MAC));
      Mac expand = Mac.getInstance(MAC);
      expand.init(new SecretKeySpec(extract.doFinal(key.getEncoded()), MAC));
      expand.update(purpose.getBytes(StandardCharsets.US_ASCII));
      return expand.doFinal(new byte[] {1});
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  private Cipher cipher(int mode, KeyId id, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.value().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  @Override
  public String toString() {
    return "key-encryption key";
  }
}
