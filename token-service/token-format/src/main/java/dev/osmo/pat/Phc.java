package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The Argon2id hash of a token text as a PHC string. Not a secret, but input for offline guessing:
 * masked in {@code toString}.
 */
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
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "Phc[***]";
  }
}
