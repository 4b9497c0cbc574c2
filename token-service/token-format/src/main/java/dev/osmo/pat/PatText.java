package dev.osmo.pat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The well-formed text of an access token: {@code osmo_}, 28 random base62 characters, and the
 * CRC-32 of these 33 characters as 6 base62 digits.
 *
 * <ol>
 *   <li>A value of this type has the right shape and checksum. Whether a server has stored the
 *       token is not checked.
 *   <li>{@code toString} is masked. Two values are compared in constant time.
 * </ol>
 */
public record PatText(String text) implements TokenText {

  /** The first characters of every token. */
  public static final String PREFIX = "osmo_";

  /** Characters of a whole token. */
  public static final int LENGTH = 39;

  private static final int CHECKED_LENGTH = LENGTH - Base62.CHECKSUM_LENGTH;
  private static final int RANDOM_LENGTH = CHECKED_LENGTH - PREFIX.length();
  private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9A-Za-z]{34}");

  /** The first reason why a text is not a token. */
  public enum Flaw {
    EMPTY,
    WRONG_PREFIX,
    TOO_SHORT,
    TOO_LONG,
    WRONG_CHARACTER,
    WRONG_CHECKSUM
  }

  public PatText {
    if (flawOf(text).isPresent()) {
      throw new IllegalArgumentException("not a well-formed access token");
    }
  }

  /** Empty if the text is absent or not well-formed. Costs one pass over at most 39 characters. */
  public static Optional<PatText> parse(@Nullable String presented) {
    return presented == null || flawOf(presented).isPresent()
        ? Optional.empty()
        : Optional.of(new PatText(presented));
  }

  /** Empty if the text is a well-formed token. */
  public static Optional<Flaw> flawOf(String text) {
    if (text.isEmpty()) {
      return Optional.of(Flaw.EMPTY);
    }
    if (!text.startsWith(PREFIX)) {
      return Optional.of(Flaw.WRONG_PREFIX);
    }
    if (text.length() != LENGTH) {
      return Optional.of(text.length() < LENGTH ? Flaw.TOO_SHORT : Flaw.TOO_LONG);
    }
    if (!Base62.areDigits(text, PREFIX.length())) {
      return Optional.of(Flaw.WRONG_CHARACTER);
    }
    return text.endsWith(Base62.checksum(text.substring(0, CHECKED_LENGTH)))
        ? Optional.empty()
        : Optional.of(Flaw.WRONG_CHECKSUM);
  }

  /**
   * A new token with 166 random bits.
   *
   * @param source a {@link java.security.SecureRandom} except in tests
   */
  public static PatText random(RandomGenerator source) {
    String checked = PREFIX + Base62.random(source, RANDOM_LENGTH);
    return new PatText(checked + Base62.checksum(checked));
  }

  /** Whether a token's shape occurs anywhere in the text, whatever its checksum and neighbors. */
  static boolean occursIn(String text) {
    return SHAPE.matcher(text).find();
  }

  /**
   * The well-formed tokens within a text, for example in a line of a log, each once and in order.
   */
  public static List<PatText> within(String text) {
    return SHAPE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .flatMap(found -> parse(found).stream())
        .toList();
  }

  /** The ASCII bytes: input of the lookup and of Argon2. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PatText that && MessageDigest.isEqual(bytes(), that.bytes());
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
