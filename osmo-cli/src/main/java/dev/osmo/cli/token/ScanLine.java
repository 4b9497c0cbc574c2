package dev.osmo.cli.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the report of {@code osmo token scan}: the location of a token. */
record ScanLine(String file, long line, long column) {
  private static final Pattern SHAPE =
      Pattern.compile("(.+):([0-9]{1,18}):([0-9]{1,18}): osmo_(?:rt_|[0-9A-Za-z]{4})\\*\\*\\*");

  static Optional<ScanLine> of(String text) {
    Matcher line = SHAPE.matcher(text);
    return line.matches()
        ? Optional.of(
            new ScanLine(
                line.group(1), Long.parseLong(line.group(2)), Long.parseLong(line.group(3))))
        : Optional.empty();
  }
}
