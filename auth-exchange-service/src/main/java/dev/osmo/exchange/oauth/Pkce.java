package dev.osmo.exchange.oauth;

import java.util.regex.Pattern;

/** The texts of RFC 7636, section 4. */
final class Pkce {

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
  private static final String METHOD = "S256";

  private Pkce() {}

  static boolean isVerifier(String text) {
    return TEXT.matcher(text).matches();
  }

  static boolean isChallenge(String text) {
    return TEXT.matcher(text).matches();
  }

  static boolean isMethod(String text) {
    return text.equals(METHOD);
  }
}
