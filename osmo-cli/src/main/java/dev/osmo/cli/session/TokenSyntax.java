package dev.osmo.cli.session;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.pat.PatText;

/** Explains why a text is not an access token. The messages never contain the text. */
public final class TokenSyntax {
  private TokenSyntax() {}

  /**
   * Returns the text as a token. A server may still not accept it.
   *
   * @throws Failure if the format or the checksum is wrong
   */
  public static PatText require(String text) {
    PatText.flawOf(text)
        .ifPresent(
            flaw -> {
              throw Failure.of(
                  ExitCode.USER_ERROR,
                  message(flaw, text.length()),
                  "Copy the complete token: " + PatText.LENGTH + " characters.");
            });
    return new PatText(text);
  }

  private static String message(PatText.Flaw flaw, int length) {
    return switch (flaw) {
      case EMPTY -> "The token is empty";
      case WRONG_PREFIX -> "This is not an OSMO token: it does not start with " + PatText.PREFIX;
      case TOO_SHORT -> "The token looks truncated: " + lengths(length);
      case TOO_LONG -> "The token looks too long: " + lengths(length);
      case WRONG_CHARACTER -> "The token looks mistyped: it contains a character that no token has";
      case WRONG_CHECKSUM ->
          "The token looks mistyped: its last six characters do not match the rest";
    };
  }

  private static String lengths(int length) {
    return "it has " + length + " characters, not " + PatText.LENGTH;
  }
}
