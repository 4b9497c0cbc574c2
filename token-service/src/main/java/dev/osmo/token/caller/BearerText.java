package dev.osmo.token.caller;

import java.util.Locale;
import java.util.regex.Pattern;

/** The untrusted credential of the header {@code Authorization: Bearer}. Masked in every log. */
record BearerText(String text) {

  private static final int MAX_LENGTH = 8192;
  private static final Pattern RAW_PAT = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final String SCHEME = "bearer ";

  /** Three parts, and the one canonical Base64url text of 64 signature bytes (RFC 7518, 3.4). */
  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{85}[AQgw]");

  static boolean isBearer(String header) {
    return header.length() > SCHEME.length()
        && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  static BearerText ofHeader(String header) {
    return new BearerText(header.substring(SCHEME.length()).strip());
  }

  boolean isRawPat() {
    return RAW_PAT.matcher(text).matches();
  }

  boolean isTooLong() {
    return text.length() > MAX_LENGTH;
  }

  boolean isCompactJws() {
    return COMPACT_JWS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "BearerText[***]";
  }
}
