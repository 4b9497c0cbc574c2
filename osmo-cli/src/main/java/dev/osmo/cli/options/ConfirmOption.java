package dev.osmo.cli.options;

import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Output;
import picocli.CommandLine.Option;

/**
 * {@code --yes}, for commands that cannot be undone. They ask for confirmation at a terminal only,
 * so scripts need no option.
 */
public class ConfirmOption {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for confirmation. Without a terminal, no question is asked.")
  private boolean yes;

  /** Whether to continue. */
  public boolean allows(Output output, FormatOption format, String question) {
    return yes || !output.canAsk() || output.isConfirmed(format, question);
  }
}
