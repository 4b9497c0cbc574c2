package dev.osmo.cli.login;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Pat;
import dev.osmo.cli.session.TokenFiles;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** Reads the access token to log in with. */
@Singleton
class TokenSource {
  private final TokenFiles files;
  private final Terminal terminal;

  TokenSource(TokenFiles files, Terminal terminal) {
    this.files = files;
    this.terminal = terminal;
  }

  /** A token on the command line is visible in the shell's history and in process lists. */
  Pat given(String text) {
    Pat pat = new Pat(text.strip());
    terminal.message(
        "Warning: --token exposes the token in the shell's history and to other users of this"
            + " machine. Use --token-file=<file> or --token-file=- instead.");
    return pat;
  }

  /**
   * @param name a file, or {@code -} for standard input
   * @param strict whether to refuse a file that others can read
   */
  Pat fromFile(String name, boolean strict) {
    return name.equals("-") ? fromStandardInput() : files.read(name, strict);
  }

  /** Asks the person at the terminal; empty if there is none. */
  Optional<Pat> asked() {
    return terminal
        .questions()
        .secret("Paste your personal access token (it is not shown)")
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Pat::new);
  }

  private Pat fromStandardInput() {
    try {
      return files.read(terminal.in());
    } catch (IOException unreadable) {
      throw Failure.of(
          ExitCode.USER_ERROR, "Cannot read standard input", "Use a file: --token-file=<file>");
    }
  }
}
