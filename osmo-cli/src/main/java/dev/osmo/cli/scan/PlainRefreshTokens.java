package dev.osmo.cli.scan;

import dev.osmo.pat.RefreshTokenText;

/**
 * Finds refresh tokens in a text: words that begin with {@code osmo_rt_} and are long enough. They
 * have no checksum. Memory use does not depend on the length of the text.
 */
final class PlainRefreshTokens {
  private final TokenFinder.Listener listener;
  private final StringBuilder word = new StringBuilder();
  private long line;
  private long column;
  private boolean inOtherWord;

  PlainRefreshTokens(TokenFinder.Listener listener) {
    this.listener = listener;
  }

  void next(byte letter, long atLine, long atColumn) {
    if (!isPart(letter)) {
      end();
    } else if (!inOtherWord) {
      if (word.isEmpty()) {
        line = atLine;
        column = atColumn;
      }
      word.append((char) letter);
      inOtherWord = !mayBeToken();
    }
    // A hyphen is a part of a refresh token, and separates it from a word before it.
    if (inOtherWord && (letter == '-' || !isPart(letter))) {
      end();
    }
  }

  /** The text ends, or a character that no refresh token has. */
  void end() {
    if (!inOtherWord && word.length() >= RefreshTokenText.SHORTEST) {
      listener.found(line, column, new RefreshTokenText(word.toString()));
    }
    word.setLength(0);
    inOtherWord = false;
  }

  private boolean mayBeToken() {
    int checked = Math.min(word.length(), RefreshTokenText.PREFIX.length());
    return word.length() <= RefreshTokenText.LONGEST
        && RefreshTokenText.PREFIX.startsWith(word.substring(0, checked));
  }

  static boolean isPart(byte letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z')
        || letter == '-'
        || letter == '_';
  }
}
