package dev.osmo.cli.output;

import dev.osmo.cli.screen.HiddenInput;
import java.io.IOException;
import java.util.Optional;

/** What the person at the terminal is asked: on stderr, when there is one to read it. */
public final class Questions {
  private final Terminal terminal;
  private boolean neverAsks;

  Questions(Terminal terminal) {
    this.terminal = terminal;
  }

  /** From now on nothing is asked, so no question is answered. */
  public void neverAsk(boolean wanted) {
    neverAsks = wanted;
  }

  /**
   * Only a {@code y} on the standard input is a yes.
   *
   * @throws Failure when nobody answers: a script must not take that for a decision
   */
  public boolean confirms(String question) {
    byte[] answer = neverAsks ? new byte[0] : answer(question);
    if (answer.length == 0 && (neverAsks || !terminal.isAnswered())) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Nobody answered '" + question + "'",
          "To do it without a question, add --yes.");
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
   * A secret, which is not shown while it is typed. Empty when nobody is there, nothing may be
   * asked, or the person changed their mind.
   */
  public Optional<String> asksForSecret(String question) {
    return neverAsks || !terminal.isAnswered()
        ? Optional.empty()
        : HiddenInput.at(0).flatMap(hidden -> secret(question, hidden));
  }

  private Optional<String> secret(String question, HiddenInput hidden) {
    try (hidden) {
      terminal.prompt(question + ": ");
      return hidden.line(terminal.in());
    } finally {
      terminal.talk("");
    }
  }
}
