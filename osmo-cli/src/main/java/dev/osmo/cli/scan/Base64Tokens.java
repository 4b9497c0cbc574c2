package dev.osmo.cli.scan;

import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import dev.osmo.pat.TokenText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds tokens in base64 (RFC 4648, both alphabets), as in a Kubernetes Secret: alone or within a
 * longer text, at any offset, also if the base64 is wrapped into lines. An access token is reported
 * only if its shape and checksum are right, a refresh token if it is long enough. Memory use does
 * not depend on the length of the text.
 */
final class Base64Tokens {
  /**
   * How {@code osmo_} looks in base64, without the digits that depend on its neighbours.
   *
   * @param text these digits
   * @param before the digits of the same group of four before them
   * @param offset the bytes of the group before the token
   */
  private record Sign(String text, int before, int offset) {}

  private static final List<Sign> SIGNS =
      List.of(new Sign("b3Ntb1", 0, 0), new Sign("9zbW9f", 2, 1), new Sign("vc21vX", 3, 2));

  private static final int SIGN = 6;

  /** The digits that contain an access token with up to two bytes before it. */
  private static final int DIGITS = 56;

  /** The same for a refresh token of any length, with the character after it. */
  private static final int MOST_DIGITS = (RefreshTokenText.LONGEST + 3) / 3 * 4 + 4;

  /** The digits of three bytes. */
  private static final int GROUP = 4;

  private static final int LONGEST = 4096;

  /**
   * Where a token may begin.
   *
   * @param start its group, as the number of digits before it
   */
  private record Candidate(Sign sign, long start, long line, long column) {}

  private final TokenFinder.Listener listener;

  /** The last digits, without the line breaks between them. */
  private final StringBuilder digits = new StringBuilder();

  /** The number of digits that are no longer kept. */
  private long dropped;

  /** A name such as {@code osmo_token=} is one too, so that a second may begin within the first. */
  private final List<Candidate> candidates = new ArrayList<>();

  private boolean lineStarts;

  Base64Tokens(TokenFinder.Listener listener) {
    this.listener = listener;
  }

  void next(byte letter, long atLine, long atColumn) {
    if (isDigit(letter)) {
      lineStarts = false;
      digits.append((char) letter);
      begin(atLine, atColumn);
      candidates.removeIf(this::isComplete);
      drop();
    } else if (letter == '\n' || letter == '\r') {
      lineStarts = true;
    } else if (!lineStarts || (letter != ' ' && letter != '\t')) {
      end();
    }
  }

  /** The text ends, or a character that is not base64. */
  void end() {
    candidates.forEach(this::report);
    candidates.clear();
    digits.setLength(0);
    dropped = 0;
    lineStarts = false;
  }

  private void begin(long atLine, long atColumn) {
    if (isInRefreshToken()) {
      return;
    }
    for (Sign sign : SIGNS) {
      if (isWritten(sign)) {
        int length = SIGN + sign.before();
        long column = Math.max(1, atColumn - length + 1);
        candidates.add(new Candidate(sign, dropped + digits.length() - length, atLine, column));
      }
    }
  }

  private boolean isWritten(Sign sign) {
    int from = digits.length() - SIGN;
    return from >= sign.before() && digits.indexOf(sign.text(), from) == from;
  }

  /** Only a refresh token is longer than an access token. */
  private boolean isInRefreshToken() {
    return !candidates.isEmpty() && length(candidates.getFirst()) > DIGITS;
  }

  private boolean isComplete(Candidate candidate) {
    int length = length(candidate);
    boolean complete =
        (length == DIGITS && !isRefreshToken(candidate))
            || (length > DIGITS && (length == MOST_DIGITS || isWordOver(length)));
    if (complete) {
      report(candidate);
    }
    return complete;
  }

  private int length(Candidate candidate) {
    return Math.toIntExact(dropped + digits.length() - candidate.start());
  }

  /** Whether it looks like a refresh token so far, which has no fixed length. */
  private boolean isRefreshToken(Candidate candidate) {
    String text = decoded(candidate, DIGITS);
    return text.startsWith(RefreshTokenText.PREFIX) && isWord(text);
  }

  private boolean isWordOver(int length) {
    return length % GROUP == 0 && !isWord(text(digits.substring(digits.length() - GROUP)));
  }

  private static boolean isWord(String text) {
    return text.chars().allMatch(letter -> PlainRefreshTokens.isPart((byte) letter));
  }

  private void drop() {
    if (digits.length() > LONGEST) {
      int unused =
          candidates.isEmpty()
              ? digits.length() - DIGITS
              : Math.toIntExact(candidates.getFirst().start() - dropped);
      digits.delete(0, unused);
      dropped += unused;
    }
  }

  private void report(Candidate candidate) {
    token(candidate)
        .ifPresent(token -> listener.found(candidate.line(), candidate.column(), token));
  }

  private Optional<? extends TokenText> token(Candidate candidate) {
    String text = decoded(candidate, MOST_DIGITS);
    return text.startsWith(RefreshTokenText.PREFIX)
        ? RefreshTokenText.within(text).stream().findFirst()
        : PatText.parse(text.substring(0, Math.min(text.length(), PatText.LENGTH)));
  }

  /** The text from the token on, as far as it is in this many digits. */
  private String decoded(Candidate candidate, int most) {
    int start = Math.toIntExact(candidate.start() - dropped);
    String text = digits.substring(start, Math.min(digits.length(), start + most));
    // A single digit at the end has less than a byte.
    String whole = text.length() % 4 == 1 ? text.substring(0, text.length() - 1) : text;
    return text(whole).substring(candidate.sign().offset());
  }

  private static String text(String digits) {
    return new String(
        Base64.getDecoder().decode(digits.replace('-', '+').replace('_', '/')),
        StandardCharsets.ISO_8859_1);
  }

  private static boolean isDigit(byte letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z')
        || letter == '+'
        || letter == '/'
        || letter == '-'
        || letter == '_';
  }
}
