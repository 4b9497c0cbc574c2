package dev.osmo.token.caller;

import java.util.Locale;
import java.util.regex.Pattern;

/** What stood behind {@code Bearer}: untrusted, and masked because it opens doors. */
record BearerText(String text) {

  private static final int MAX_LENGTH = 8192;
  private static final Pattern RAW_PAT = Pattern.compile("osmo_[0-9A-Za-z]{34}");
  private static final String SCHEME = "bearer ";

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

  @Override
  public String toString() {
    return "BearerText[***]";
  }
}
