package dev.osmo.cli.output;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text with every token and every JWT in it, whole or cut, made unusable: what ends on stderr often
 * ends in a build log. Takes time in proportion to the text, whatever the text.
 */
public final class Masked {
  /** Where a token may begin, also at once behind or within another. */
  private static final Pattern TOKEN_START = Pattern.compile("(?=osmo_)");

  /**
   * A whole one or a head long enough to be of use, which chance hardly ever makes of small letters
   * alone. A word of them after {@code osmo_} is an ordinary name.
   */
  private static final Pattern TOKEN =
      Pattern.compile("^osmo_(?![a-z]{1,15}(?![0-9A-Za-z]))[0-9A-Za-z]{6,}+");

  /** How a JWT begins, also a cut one, whose header is written without white space. */
  private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_.-]*");

  /** A whole one, however its header is written. */
  private static final Pattern THREE_PARTS =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+");

  private Masked() {}

  public static String text(String text) {
    String withoutTokens =
        TOKEN_START
            .splitAsStream(text)
            .map(piece -> TOKEN.matcher(piece).replaceFirst("osmo_***"))
            .collect(Collectors.joining());
    String withoutWholeJwts = THREE_PARTS.matcher(withoutTokens).replaceAll("eyJ***");
    return JWT.matcher(withoutWholeJwts).replaceAll("eyJ***");
  }
}
