package dev.osmo.cli.output;

/**
 * Sanitizes text for a terminal: removes control and invisible formatting characters, so that a
 * server can neither move the cursor, change colors nor reorder text.
 */
public final class TerminalText {
  private TerminalText() {}

  /** One line: line breaks and tabs become single spaces. */
  public static String oneLine(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point == '\n' || point == '\r' || point == '\t' ? ' ' : point)
        .filter(TerminalText::isHarmless)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
