package dev.osmo.cli.tokentext;

import dev.osmo.cli.session.token.Pat;

/**
 * A token in a text. Only its head is kept, which tells its owner which one it is and opens
 * nothing.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
record FoundToken(String where, long line, long column, String masked) {
  private static final int SHOWN = "osmo_".length() + 4;

  static FoundToken of(String where, long line, long column, Pat token) {
    return new FoundToken(where, line, column, token.text().substring(0, SHOWN) + "***");
  }

  String text() {
    return where + ":" + line + ":" + column + ": " + masked;
  }
}
