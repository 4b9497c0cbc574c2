package dev.osmo.cli.output;

import picocli.CommandLine.Option;

/** {@code -t/--format-type}, shared by every command that prints data. */
public class FormatOption {
  @Option(
      names = {"-t", "--format-type"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  public boolean isJson() {
    return format == Format.JSON;
  }
}
