package dev.osmo.exchange.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What a provider shows people for signing in with a device. Terminals print it. */
final class UserCode {

  private static final Pattern READABLE = Pattern.compile("[\\x21-\\x7E]{1,64}");
  private static final int LONGEST_ADDRESS = 512;

  private UserCode() {}

  static boolean isReadable(String code) {
    return READABLE.matcher(code).matches();
  }

  /** A web page; a code may be in its query. */
  static boolean isPage(String text) {
    try {
      URI address = new URI(text);
      return text.length() <= LONGEST_ADDRESS
          && text.chars().allMatch(c -> c > ' ' && c < 0x7F)
          && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
