package dev.osmo.exchange.pat.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A text that has the shape and the checksum of an access token: untrusted, but worth a look-up.
 *
 * <p>{@code osmo_}, 28 base62 characters, then CRC-32 of all before it as 6 base62 digits.
 */
public record PresentedPat(String text) {

  private static final String PREFIX = "osmo_";
  private static final int LENGTH = 39;
  private static final int CHECKSUM_DIGITS = 6;
  private static final int CHECKED = LENGTH - CHECKSUM_DIGITS;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  public PresentedPat {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("not the shape of an access token");
    }
  }

  /**
   * The token, or nothing when the text cannot be one. Costs no more than one pass over 39 bytes.
   */
  public static Optional<PresentedPat> read(@Nullable String text) {
    return text != null && isWellFormed(text)
        ? Optional.of(new PresentedPat(text))
        : Optional.empty();
  }

  public byte[] ascii() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isWellFormed(String text) {
    return text.length() == LENGTH
        && text.startsWith(PREFIX)
        && text.chars().skip(PREFIX.length()).allMatch(c -> ALPHABET.indexOf(c) >= 0)
        && text.endsWith(checksumOf(text.substring(0, CHECKED)));
  }

  private static String checksumOf(String checked) {
    CRC32 crc = new CRC32();
    crc.update(checked.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM_DIGITS];
    long rest = crc.getValue();
    for (int i = CHECKSUM_DIGITS - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PresentedPat that && MessageDigest.isEqual(ascii(), that.ascii());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
