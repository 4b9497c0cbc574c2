package dev.osmo.token.input;

/**
 * The one rule about case: user ids, token names and words in paths ignore the case of ASCII
 * letters and of no others. Java's own comparisons also fold letters such as the Kelvin sign into
 * ASCII.
 */
public final class AsciiCase {

  private AsciiCase() {}

  public static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  public static boolean equal(String one, String other) {
    return lower(one).equals(lower(other));
  }
}
