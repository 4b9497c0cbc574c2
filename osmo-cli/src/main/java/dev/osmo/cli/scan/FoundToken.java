package dev.osmo.cli.scan;

import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import dev.osmo.pat.TokenText;

/**
 * The location of a token in a text. Keeps only its first characters, which identify an access
 * token to its owner but are no credential.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
record FoundToken(String where, long line, long column, Kind kind, String masked, int length) {
  private static final int SHOWN = PatText.PREFIX.length() + 4;

  enum Kind {
    ACCESS_TOKEN,
    REFRESH_TOKEN
  }

  static FoundToken of(String where, long line, long column, TokenText token) {
    return switch (token) {
      case PatText pat ->
          new FoundToken(
              where,
              line,
              column,
              Kind.ACCESS_TOKEN,
              pat.text().substring(0, SHOWN) + "***",
              PatText.LENGTH);
      // All refresh tokens of a server have the same first characters.
      case RefreshTokenText refreshToken ->
          new FoundToken(
              where,
              line,
              column,
              Kind.REFRESH_TOKEN,
              RefreshTokenText.PREFIX + "***",
              refreshToken.text().length());
    };
  }

  String text() {
    return where + ":" + line + ":" + column + ": " + masked;
  }
}
