package dev.osmo.cli.scan;

import dev.osmo.pat.PatText;

/**
 * The location of a token in a text. Keeps only its first characters, which identify it to its
 * owner but are no credential.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
record FoundToken(String where, long line, long column, String masked) {
  private static final int SHOWN = PatText.PREFIX.length() + 4;

  static FoundToken of(String where, long line, long column, PatText token) {
    return new FoundToken(where, line, column, token.text().substring(0, SHOWN) + "***");
  }

  String text() {
    return where + ":" + line + ":" + column + ": " + masked;
  }
}
