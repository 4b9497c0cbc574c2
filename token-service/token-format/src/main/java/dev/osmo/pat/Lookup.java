package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The keyed digest by which a stored secret is found: HMAC-SHA-256 of the token text under one
 * pepper. Compared in constant time, masked in {@code toString}.
 *
 * @param pepperId the pepper that keyed the digest
 * @param hex the 32 bytes as 64 lower-case hexadecimal digits
 */
public record Lookup(String pepperId, String hex) {

  private static final int LENGTH = 64;

  public Lookup {
    if (hex.length() != LENGTH || !isHex(hex)) {
      throw new IllegalArgumentException("a lookup has 32 bytes");
    }
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The 32 bytes, as the database stores them. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lookup that
        && pepperId.equals(that.pepperId)
        && MessageDigest.isEqual(
            hex.getBytes(StandardCharsets.US_ASCII), that.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return "Lookup[" + pepperId + ", ***]";
  }
}
