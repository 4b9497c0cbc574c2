package dev.osmo.cli.login;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.token.Pat;
import dev.osmo.cli.session.token.TokenFiles;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** Where the token to log in with comes from. */
@Singleton
class TokenSource {
  private final TokenFiles files;
  private final Terminal terminal;

  TokenSource(TokenFiles files, Terminal terminal) {
    this.files = files;
    this.terminal = terminal;
  }

  /** A token among the arguments is in the shell's history and in every list of processes. */
  Pat given(String text) {
    Pat pat = new Pat(text.strip());
    terminal.talk(
        "Warning: --token leaves the token in the shell's history and shows it to other users of"
            + " this machine. Use --token-file=<file> or --token-file=- instead.");
    return pat;
  }

  /**
   * @param name a file, or {@code -} for the standard input
   * @param strict whether a file that others may read is refused
   */
  Pat fromFile(String name, boolean strict) {
    return name.equals("-") ? fromStandardInput() : files.read(name, strict);
  }

  /** From the person who sits at the terminal; empty when nobody does. */
  Optional<Pat> asked() {
    return terminal
        .questions()
        .asksForSecret("Paste your personal access token (it is not shown)")
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Pat::new);
  }

  private Pat fromStandardInput() {
    try {
      return files.read(terminal.in());
    } catch (IOException unreadable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot read the standard input",
          "Give a file: --token-file=<file>");
    }
  }
}
