package dev.osmo.cli.output;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Masks every access token, refresh token and JWT in a text, complete or truncated, because
 * standard error often goes to a build log. Takes linear time for any text.
 */
public final class Masked {
  /** Where a token may start, also directly after or within another. */
  private static final Pattern TOKEN_START = Pattern.compile("(?=osmo_)");

  /**
   * A complete token or a long enough prefix. A word of lower-case letters after {@code osmo_} is
   * an ordinary name, which is very unlikely to be a token.
   */
  private static final Pattern TOKEN =
      Pattern.compile("^osmo_(?![a-z]{1,15}(?![0-9A-Za-z]))[0-9A-Za-z]{6,}+");

  /** A refresh token, which is one very long word. */
  private static final Pattern REFRESH_TOKEN = Pattern.compile("^osmo_rt_[A-Za-z0-9_-]{6,}+");

  /** The start of a JWT, also of a truncated one, if its header has no white space. */
  private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_.-]*");

  /** A complete JWT, whatever the format of its header. */
  private static final Pattern THREE_PARTS =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+");

  private Masked() {}

  public static String text(String text) {
    String withoutTokens =
        TOKEN_START
            .splitAsStream(text)
            .map(piece -> REFRESH_TOKEN.matcher(piece).replaceFirst("osmo_rt_***"))
            .map(piece -> TOKEN.matcher(piece).replaceFirst("osmo_***"))
            .collect(Collectors.joining());
    String withoutWholeJwts = THREE_PARTS.matcher(withoutTokens).replaceAll("eyJ***");
    return JWT.matcher(withoutWholeJwts).replaceAll("eyJ***");
  }
}
