package dev.osmo.cli.output;

import picocli.CommandLine.Option;

/**
 * For commands that print a list: also {@code --wide}, more columns, and {@code -q}, the names
 * alone, as input for another command.
 */
public class TableOption extends FormatOption {
  @Option(names = "--wide", description = "Show more columns.")
  private boolean wide;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the names, one per line.")
  private boolean quiet;

  public boolean isWide() {
    return wide;
  }

  boolean isQuiet() {
    return quiet;
  }
}
