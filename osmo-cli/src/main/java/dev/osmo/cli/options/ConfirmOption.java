package dev.osmo.cli.options;

import dev.osmo.cli.output.FormatOption;
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
  public boolean allows(Terminal terminal, FormatOption format, String question) {
    return yes || !terminal.isAnswered() || isYes(terminal, format, question);
  }

  /** Whether the answer is a yes. Says so when not, where no program reads it as JSON. */
  public static boolean isYes(Terminal terminal, FormatOption format, String question) {
    if (terminal.questions().confirms(question)) {
      return true;
    }
    if (format.isJson()) {
      terminal.talk("Cancelled");
    } else {
      terminal.line("Cancelled");
    }
    return false;
  }
}
