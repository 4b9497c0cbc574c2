package dev.osmo.exchange.oauth;

import java.util.regex.Pattern;

/** The texts of RFC 7636, section 4. */
final class Pkce {

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
  private static final String METHOD = "S256";

  private Pkce() {}

  static String requireVerifier(String text) {
    return requireText(text, "code_verifier");
  }

  static String requireChallenge(String text) {
    return requireText(text, "code_challenge");
  }

  static String requireMethod(String text) {
    if (!text.equals(METHOD)) {
      throw MalformedForm.violates("code_challenge_method", "must be " + METHOD);
    }
    return text;
  }

  private static String requireText(String text, String parameter) {
    if (!TEXT.matcher(text).matches()) {
      throw MalformedForm.violates(
          parameter, "must have 43 to 128 letters, digits or characters of . _ ~ -");
    }
    return text;
  }
}
