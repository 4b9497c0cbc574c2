package dev.osmo.cli.output;

import dev.osmo.cli.tty.HiddenInput;
import java.io.IOException;
import java.util.Optional;

/** Questions to the user at the terminal, on standard error. */
public final class Questions {
  private final Terminal terminal;
  private boolean disabled;

  Questions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** If disabled, a command that needs an answer fails. */
  public void disable(boolean disable) {
    disabled = disable;
  }

  /** Whether no command may wait for a person. */
  public boolean areDisabled() {
    return disabled;
  }

  /**
   * Only a {@code y} on standard input confirms.
   *
   * @throws Failure if there is no answer, so that a script does not confirm by accident
   */
  public boolean confirms(String question) {
    byte[] answer = disabled ? new byte[0] : answer(question);
    if (answer.length == 0 && (disabled || !terminal.isAnswered())) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "No answer to '" + question + "'",
          "To continue without confirmation, add --yes.");
    }
    return answer.length == 1 && Character.toLowerCase(answer[0]) == 'y';
  }

  private byte[] answer(String question) {
    if (terminal.isAnswered()) {
      terminal.prompt(question + " [y/N]: ");
    }
    try {
      return terminal.in().readNBytes(1);
    } catch (IOException closed) {
      return new byte[0];
    }
  }

  /**
   * Asks for a secret, which is not shown while it is typed. Empty if there is no terminal or the
   * user cancels.
   */
  public Optional<String> secret(String question) {
    return disabled || !terminal.isAnswered()
        ? Optional.empty()
        : HiddenInput.at(0).flatMap(hidden -> secret(question, hidden));
  }

  private Optional<String> secret(String question, HiddenInput hidden) {
    try (hidden) {
      terminal.prompt(question + ": ");
      return hidden.line(terminal.in());
    } finally {
      terminal.message("");
    }
  }
}
