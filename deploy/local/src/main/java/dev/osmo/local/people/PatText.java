package dev.osmo.local.people;

import dev.osmo.local.folder.SecretText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a personal access token: {@code osmo_}, 28 random base62 characters, and the CRC-32
 * of all that as 6 base62 digits. The launcher makes exactly one of these itself, the first
 * administrator's; every other comes from token-service.
 */
final class PatText {
  private static final String PREFIX = "osmo_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern SHAPE = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final int BODY = 28;
  private static final int CHECKSUM = 6;

  private PatText() {}

  static SecretText random() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder(PREFIX);
    random.ints(BODY, 0, ALPHABET.length()).forEach(digit -> text.append(ALPHABET.charAt(digit)));
    return new SecretText(text + checksum(text.toString()));
  }

  static boolean isWellFormed(SecretText secret) {
    String text = secret.reveal();
    return SHAPE.matcher(text).matches()
        && text.endsWith(checksum(text.substring(0, PREFIX.length() + BODY)));
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    BigInteger rest = BigInteger.valueOf(crc.getValue());
    BigInteger base = BigInteger.valueOf(ALPHABET.length());
    StringBuilder digits = new StringBuilder();
    while (digits.length() < CHECKSUM) {
      digits.append(ALPHABET.charAt(rest.mod(base).intValue()));
      rest = rest.divide(base);
    }
    return digits.reverse().toString();
  }
}
