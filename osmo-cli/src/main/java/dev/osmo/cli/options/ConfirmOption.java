package dev.osmo.cli.options;

import dev.osmo.cli.output.Terminal;
import picocli.CommandLine.Option;

/**
 * {@code --yes}. A person at a terminal is asked before something ends for good; a script has said
 * what it wants by calling the command.
 */
public class ConfirmOption {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; without a terminal nothing is asked anyway.")
  private boolean yes;

  /** Whether to go on. Says so when not. */
  public boolean allows(Terminal terminal, String question) {
    if (yes || !terminal.isAnswered() || terminal.confirms(question)) {
      return true;
    }
    terminal.line("Cancelled");
    return false;
  }
}
