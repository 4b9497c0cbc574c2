package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key outside the database, without which a stored lookup reveals nothing about its token. {@link
 * SecretKeySpec} compares in constant time and prints nothing.
 */
public record Pepper(String id, SecretKeySpec key) {

  private static final int KEY_LENGTH = 32;
  private static final String HMAC = "HmacSHA256";

  /** No token has spaces, so the check value is the lookup of none. */
  private static final String CHECKED_TEXT = "osmo pepper check";

  public static Pepper of(String id, byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a pepper has 32 bytes");
    }
    return new Pepper(id, new SecretKeySpec(key, HMAC));
  }

  public Lookup lookupOf(PatText token) {
    return new Lookup(id, hmac(token.bytes()));
  }

  /**
   * What the database stores to recognize this pepper: HMAC-SHA-256 of a fixed text, as 64
   * lower-case hexadecimal digits. Whoever has it cannot guess the 256 random bits of the pepper.
   */
  public String checkValue() {
    return hmac(CHECKED_TEXT.getBytes(StandardCharsets.US_ASCII));
  }

  /** Compares in constant time. */
  boolean hasCheckValue(String recorded) {
    return MessageDigest.isEqual(
        checkValue().getBytes(StandardCharsets.US_ASCII),
        recorded.getBytes(StandardCharsets.US_ASCII));
  }

  private String hmac(byte[] text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "Pepper[" + id + ", ***]";
  }
}
