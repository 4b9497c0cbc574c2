package dev.osmo.pat;

/** A text that is a credential of this system until it ends. {@code toString} is masked. */
public sealed interface TokenText permits PatText, RefreshTokenText {

  String text();

  /**
   * Whether the shape of a credential occurs anywhere in the text. Such a text is neither stored
   * nor logged nor repeated.
   */
  static boolean occursIn(String text) {
    return PatText.occursIn(text) || RefreshTokenText.occursIn(text);
  }
}
