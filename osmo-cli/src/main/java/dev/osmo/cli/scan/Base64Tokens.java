package dev.osmo.cli.scan;

import dev.osmo.pat.PatText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds tokens in base64 (RFC 4648, both alphabets), as in a Kubernetes Secret: alone or within a
 * longer text, at any offset, also if the base64 is wrapped into lines. A token is reported only if
 * its shape and checksum are right. Memory use does not depend on the length of the text.
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

  /** The digits that contain a token with up to two bytes before it. */
  private static final int DIGITS = 56;

  private static final int LONGEST = 4096;

  private final TokenFinder.Listener listener;

  /** The last digits, without the line breaks between them. */
  private final StringBuilder digits = new StringBuilder();

  private Optional<Sign> sign = Optional.empty();
  private int start;
  private long line;
  private long column;
  private boolean lineStarts;

  Base64Tokens(TokenFinder.Listener listener) {
    this.listener = listener;
  }

  void next(byte letter, long atLine, long atColumn) {
    if (isDigit(letter)) {
      lineStarts = false;
      digits.append((char) letter);
      digit(atLine, atColumn);
    } else if (letter == '\n' || letter == '\r') {
      lineStarts = true;
    } else if (!lineStarts || (letter != ' ' && letter != '\t')) {
      end();
    }
  }

  /** The text ends, or a character that is not base64. */
  void end() {
    report();
    digits.setLength(0);
    lineStarts = false;
  }

  private void digit(long atLine, long atColumn) {
    if (sign.isEmpty()) {
      sign = SIGNS.stream().filter(this::isWritten).findFirst();
      if (sign.isPresent()) {
        start = digits.length() - SIGN - sign.get().before();
        line = atLine;
        column = Math.max(1, atColumn - SIGN - sign.get().before() + 1);
      } else if (digits.length() > LONGEST) {
        digits.delete(0, digits.length() - DIGITS);
      }
    } else if (digits.length() - start == DIGITS) {
      report();
      digits.delete(0, start + SIGN);
    }
  }

  private boolean isWritten(Sign candidate) {
    int from = digits.length() - SIGN;
    return from >= candidate.before() && digits.indexOf(candidate.text(), from) == from;
  }

  private void report() {
    sign.flatMap(this::token).ifPresent(token -> listener.found(line, column, token));
    sign = Optional.empty();
  }

  private Optional<PatText> token(Sign found) {
    String text = digits.substring(start, Math.min(digits.length(), start + DIGITS));
    // A single digit at the end has less than a byte.
    String whole = text.length() % 4 == 1 ? text.substring(0, text.length() - 1) : text;
    byte[] bytes = Base64.getDecoder().decode(whole.replace('-', '+').replace('_', '/'));
    int end = found.offset() + PatText.LENGTH;
    return bytes.length < end
        ? Optional.empty()
        : PatText.parse(
            new String(bytes, found.offset(), PatText.LENGTH, StandardCharsets.ISO_8859_1));
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
