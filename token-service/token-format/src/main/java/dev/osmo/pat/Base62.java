package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** The alphabet of token texts and ids, {@code 0-9A-Za-z}, in this order. */
final class Base62 {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The number of digits for any CRC-32 value. */
  static final int CHECKSUM_LENGTH = 6;

  private Base62() {}

  /**
   * Every character is equally likely: {@code nextInt(bound)} rejects values that would bias it.
   */
  static String random(RandomGenerator source, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  static boolean isDigit(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  /** Whether every character from this position on is a digit. */
  static boolean areDigits(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** CRC-32 of the ASCII text as {@value #CHECKSUM_LENGTH} digits, zero-padded. */
  static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    char[] digits = new char[CHECKSUM_LENGTH];
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }
}
