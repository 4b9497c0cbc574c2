package dev.osmo.testkit.docs;

/**
 * A row of the table of settings.
 *
 * @param value the default, {@code none} or {@code required}
 * @param meaning reStructuredText, with single spaces
 */
public record Setting(String variable, String value, String meaning) {

  private static final int WIDTH = 120;
  private static final String CONTINUED = "       ";

  /** The row as the page contains it, with lines of at most {@value #WIDTH} characters. */
  String row() {
    StringBuilder text = new StringBuilder();
    text.append("   * - ``").append(variable).append("``\n     - ").append(value).append('\n');
    StringBuilder line = new StringBuilder("     -");
    for (String word : meaning.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(CONTINUED).append(word);
      } else {
        line.append(' ').append(word);
      }
    }
    return text.append(line).append('\n').toString();
  }
}
