package dev.osmo.cli.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A state, a nonce or a code verifier: 32 random bytes in base64url, as RFC 7636 recommends. */
record RandomText(String text) {
  private static final int BYTES = 32;

  /** Neither the text nor its challenge looks like a JWT, which messages mask. */
  static RandomText create() {
    RandomText text = new RandomText(encoded(random()));
    return (text.text + text.challenge()).contains("eyJ") ? create() : text;
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** Takes the same time for every text. */
  boolean isEqualTo(String presented) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  /** The code challenge of a verifier, method S256. */
  String challenge() {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RandomText[***]";
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
