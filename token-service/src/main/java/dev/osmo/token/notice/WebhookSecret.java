package dev.osmo.token.notice;

import dev.osmo.http.start.SecretFile;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric secret as Standard Webhooks writes it: {@code whsec_} and 24 to 64 bytes in Base64.
 */
record WebhookSecret(String text) {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  /** The next secret, while the receiver does not have it yet. */
  private static final int MOST = 2;

  private static final String ALGORITHM = "HmacSHA256";

  /**
   * Reads one secret, or two while the operator replaces it.
   *
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used
   */
  static List<WebhookSecret> readAll(SecretFile file) {
    List<String> lines = file.lines();
    if (lines.isEmpty()
        || lines.size() > MOST
        || !lines.stream().allMatch(line -> key(line).isPresent())) {
      throw file.refused(
          "must have one or two lines, each whsec_ and 24 to 64 random bytes in Base64");
    }
    return lines.stream().map(WebhookSecret::new).toList();
  }

  /** The signature of a message. */
  byte[] sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(text).orElseThrow(), ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  private static Optional<byte[]> key(String line) {
    try {
      return Optional.of(line)
          .filter(one -> one.startsWith(PREFIX))
          .map(one -> Base64.getDecoder().decode(one.substring(PREFIX.length())))
          .filter(bytes -> bytes.length >= SHORTEST && bytes.length <= LONGEST);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "webhook secret";
  }
}
