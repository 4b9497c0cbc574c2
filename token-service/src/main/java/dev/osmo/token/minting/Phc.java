package dev.osmo.token.minting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A PHC string of Argon2id over a token's text: all that is stored to verify it. */
public record Phc(String text) {

  public Phc {
    if (!text.startsWith("$argon2id$")) {
      throw new IllegalArgumentException("not an Argon2id hash");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Phc that
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.US_ASCII),
            that.text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return Phc.class.hashCode();
  }

  @Override
  public String toString() {
    return "Phc[***]";
  }
}
