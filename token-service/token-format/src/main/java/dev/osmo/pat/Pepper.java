package dev.osmo.pat;

import java.security.GeneralSecurityException;
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

  public static Pepper of(String id, byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a pepper has 32 bytes");
    }
    return new Pepper(id, new SecretKeySpec(key, HMAC));
  }

  public Lookup lookupOf(PatText token) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return new Lookup(id, HexFormat.of().formatHex(mac.doFinal(token.bytes())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "Pepper[" + id + ", ***]";
  }
}
