package dev.osmo.token.minting;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token's text: {@code osmo_}, 28 random base62 characters, and the CRC-32 of these 33 as 6
 * base62 digits. Written as JSON it is the bare text, which happens in exactly one answer;
 * everywhere else it is masked.
 */
public record PatText(@JsonValue String text) {

  static final String PREFIX = "osmo_";
  static final int BODY_LENGTH = 28;
  static final int CHECKED_LENGTH = PREFIX.length() + BODY_LENGTH;
  private static final Pattern SHAPE = Pattern.compile("osmo_[0-9A-Za-z]{34}");

  public PatText {
    if (!SHAPE.matcher(text).matches()
        || !Base62.checksum(text.substring(0, CHECKED_LENGTH))
            .equals(text.substring(CHECKED_LENGTH))) {
      throw new IllegalArgumentException("not a well-formed token");
    }
  }

  /** Empty when the text is not a token's, whatever the reason. */
  public static Optional<PatText> parse(String presented) {
    try {
      return Optional.of(new PatText(presented));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static PatText ofBody(String body) {
    String checked = PREFIX + body;
    return new PatText(checked + Base62.checksum(checked));
  }

  public byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PatText that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return PatText.class.hashCode();
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
