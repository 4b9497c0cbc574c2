package dev.osmo.cli.login;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.TokenFiles;
import dev.osmo.cli.session.TokenSyntax;
import dev.osmo.pat.PatText;
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
  PatText given(String text) {
    PatText pat = TokenSyntax.require(text.strip());
    terminal.message(
        "Warning: --token exposes the token in the shell's history and to other users of this"
            + " machine. Use --token-file=<file> or --token-file=- instead.");
    return pat;
  }

  /**
   * @param name a file, or {@code -} for standard input
   * @param strict whether to refuse a file that others can read
   */
  PatText fromFile(String name, boolean strict) {
    return name.equals("-") ? fromStandardInput() : files.read(name, strict);
  }

  /** Asks the user; empty if standard input is not a terminal. */
  Optional<PatText> asked() {
    return terminal
        .questions()
        .secret("Paste your personal access token (it is not shown)")
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(TokenSyntax::require);
  }

  private PatText fromStandardInput() {
    try {
      return files.read(terminal.in());
    } catch (IOException unreadable) {
      throw Failure.of(
          ExitCode.USER_ERROR, "Cannot read standard input", "Use a file: --token-file=<file>");
    }
  }
}
