package dev.osmo.cli.session;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * A personal access token with a valid format and checksum: {@code osmo_}, 28 random base62
 * characters, and the CRC-32 of these as 6 base62 digits. A server may still not accept it.
 */
public record Pat(String text) {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String PREFIX = "osmo_";
  private static final int LENGTH = 39;
  private static final int CHECKED_LENGTH = 33;

  public Pat {
    String wrong = whatIsWrongWith(text);
    if (!wrong.isEmpty()) {
      throw Failure.of(
          ExitCode.USER_ERROR, wrong, "Copy the complete token: " + LENGTH + " characters.");
    }
  }

  /** A new token, as a server generates it. */
  public static Pat random(SecureRandom source) {
    StringBuilder text = new StringBuilder(PREFIX);
    while (text.length() < CHECKED_LENGTH) {
      text.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
    }
    return new Pat(text + checksum(text.toString()));
  }

  public static boolean isWellFormed(String text) {
    return whatIsWrongWith(text).isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pat that && MessageDigest.isEqual(ascii(text), ascii(that.text));
  }

  @Override
  public int hashCode() {
    return Pat.class.hashCode();
  }

  @Override
  public String toString() {
    return "Pat[osmo_***]";
  }

  private static String whatIsWrongWith(String text) {
    if (text.isEmpty()) {
      return "The token is empty";
    }
    if (!text.startsWith(PREFIX)) {
      return "This is not an OSMO token: it does not start with " + PREFIX;
    }
    if (text.length() != LENGTH) {
      String looks = text.length() < LENGTH ? "truncated" : "too long";
      return "The token looks "
          + looks
          + ": it has "
          + text.length()
          + " characters, not "
          + LENGTH;
    }
    if (text.chars().skip(PREFIX.length()).anyMatch(character -> ALPHABET.indexOf(character) < 0)) {
      return "The token looks mistyped: it contains a character that no token has";
    }
    return checksum(text.substring(0, CHECKED_LENGTH)).equals(text.substring(CHECKED_LENGTH))
        ? ""
        : "The token looks mistyped: its last six characters do not match the rest";
  }

  private static String checksum(String checked) {
    CRC32 crc = new CRC32();
    crc.update(ascii(checked));
    char[] digits = new char[LENGTH - CHECKED_LENGTH];
    long rest = crc.getValue();
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
