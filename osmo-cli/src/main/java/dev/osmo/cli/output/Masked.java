package dev.osmo.cli.output;

import java.util.regex.Pattern;

/**
 * Text with every token and every JWT in it, whole or cut, made unusable: what ends on stderr often
 * ends in a build log. Takes time in proportion to the text, whatever the text.
 */
public final class Masked {
  /** With the underscore of a second one that follows at once. */
  private static final Pattern TOKEN = Pattern.compile("osmo_[0-9A-Za-z_]{6,}");

  /** How a JWT begins, also a cut one, whose header is written without white space. */
  private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_.-]*");

  /** A whole one, however its header is written. */
  private static final Pattern THREE_PARTS =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+");

  private Masked() {}

  public static String text(String text) {
    String withoutTokens = TOKEN.matcher(text).replaceAll("osmo_***");
    String withoutWholeJwts = THREE_PARTS.matcher(withoutTokens).replaceAll("eyJ***");
    return JWT.matcher(withoutWholeJwts).replaceAll("eyJ***");
  }
}
