package dev.osmo.token.minting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Finds a stored secret: HMAC-SHA-256 of the token's text under the pepper of that id. */
public record Lookup(String pepperId, String hex) {

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
    return pepperId.hashCode();
  }

  @Override
  public String toString() {
    return "Lookup[" + pepperId + ", ***]";
  }
}
