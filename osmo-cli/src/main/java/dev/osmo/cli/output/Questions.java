package dev.osmo.cli.output;

import dev.osmo.cli.tty.HiddenInput;
import java.io.IOException;
import java.util.Optional;

/** Questions to the person at the terminal, on standard error. */
public final class Questions {
  private final Terminal terminal;
  private boolean disabled;

  Questions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Without questions, whatever needs an answer fails. */
  public void disable(boolean wanted) {
    disabled = wanted;
  }

  /**
   * Only a {@code y} on standard input confirms.
   *
   * @throws Failure if there is no answer: a script must not take that for a decision
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
   * Asks for a secret, which is not shown while it is typed. Empty if nobody can be asked or the
   * person cancels.
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
