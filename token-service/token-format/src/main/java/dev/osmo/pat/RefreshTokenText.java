package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a refresh token: {@code osmo_rt_} and a sealed content in base64url. It has no
 * checksum. Only the exchange can open it, and knows whether it sealed it.
 *
 * <p>A value of this type is long enough to have a content, so that abbreviated examples are not
 * mistaken for one.
 */
public record RefreshTokenText(String text) implements TokenText {

  /** The first characters of every refresh token. */
  public static final String PREFIX = "osmo_rt_";

  /** The most characters of a refresh token, so that clients can send it within a form. */
  public static final int LONGEST = 12_288;

  /** A sealed content has at least 140 bytes: ids, names and what seals it. */
  public static final int SHORTEST = PREFIX.length() + 160;

  private static final Pattern SHAPE =
      Pattern.compile(
          PREFIX
              + "[A-Za-z0-9_-]{%d,%d}+"
                  .formatted(SHORTEST - PREFIX.length(), LONGEST - PREFIX.length()));

  public RefreshTokenText {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a well-formed refresh token");
    }
  }

  /** Whether a refresh token's shape occurs anywhere in the text. */
  static boolean occursIn(String text) {
    return SHAPE.matcher(text).find();
  }

  /** The refresh tokens within a text, for example in a line of a log, each once and in order. */
  public static List<RefreshTokenText> within(String text) {
    return SHAPE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .map(RefreshTokenText::new)
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RefreshTokenText that
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.US_ASCII),
            that.text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
