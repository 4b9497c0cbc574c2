package dev.osmo.token.testing;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Well-formed tokens, built so that no whole one stands in the sources. */
public final class TokenText {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private TokenText() {}

  public static String of(char body) {
    String checked = "osmo_" + String.valueOf(body).repeat(28);
    CRC32 crc = new CRC32();
    crc.update(checked.getBytes(StandardCharsets.US_ASCII));
    StringBuilder digits = new StringBuilder();
    for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
      digits.insert(0, DIGITS.charAt((int) (rest % 62)));
    }
    return checked + digits;
  }
}
