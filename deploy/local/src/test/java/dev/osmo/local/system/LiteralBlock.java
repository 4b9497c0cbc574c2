package dev.osmo.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A literal block of a page. */
final class LiteralBlock {
  private static final Pattern INDENTED = Pattern.compile("\\A( +).*\\n(?:\\1.*\\n|\\n)*");

  private LiteralBlock() {}

  /** The indented block that follows this text in a page below {@code src-docs}. */
  static String after(String page, String before) {
    String[] parts = text(page).split(Pattern.quote(before) + "\n\n", 2);
    if (parts.length < 2) {
      throw new AssertionError(page + " has no block after '" + before + "'");
    }
    Matcher block = INDENTED.matcher(parts[1]);
    if (!block.find()) {
      throw new AssertionError(page + " has no indented block after '" + before + "'");
    }
    return block.group();
  }

  private static String text(String page) {
    try {
      return Files.readString(RunningStack.HOME.resolve("src-docs").resolve(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
