package dev.osmo.local.system;

/** Text of generated pages. */
final class Rst {
  private static final int LONGEST_LINE = 120;

  private Rst() {}

  static String escaped(String text) {
    return text.replaceAll("([\\\\*`|_])", "\\\\$1");
  }

  /** Lines that are not too long, each with this indentation. */
  static String wrapped(String indentation, String text) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.strip().split("\\s+", -1)) {
      if (length > 0 && length + 1 + word.length() > LONGEST_LINE) {
        lines.append('\n');
        length = 0;
      }
      lines.append(length == 0 ? indentation : " ").append(word);
      length += word.length() + (length == 0 ? indentation.length() : 1);
    }
    return lines.append('\n').toString();
  }

  static String heading(String text, char underline) {
    return text + "\n" + String.valueOf(underline).repeat(text.length()) + "\n";
  }

  static String literal(String text) {
    return "``" + text + "``";
  }
}
