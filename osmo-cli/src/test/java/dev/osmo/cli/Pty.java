package dev.osmo.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a command at a pseudo-terminal, created by {@code script} of util-linux. */
final class Pty {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private Pty() {}

  /**
   * What the terminal received from both streams, and the command's exit code.
   *
   * @param typed what is typed at the terminal
   * @param columns width of the terminal
   * @param command in the language of the shell
   */
  static CommandResult run(
      Path home, Map<String, String> environment, int columns, String typed, String command) {
    assumeTrue(Files.isExecutable(SCRIPT), "NO TERMINAL: /usr/bin/script is not installed");
    String atTerminal = "stty cols " + columns + (typed.isEmpty() ? " -echo; " : "; ") + command;
    return Started.typing(
            typed,
            home,
            environment,
            List.of(SCRIPT.toString(), "--quiet", "--return", "--command", atTerminal, "/dev/null"))
        .finish();
  }

  /** The same, for typing after output: whatever is written to the process is typed. */
  static Process start(
      Path home, Map<String, String> environment, Path seen, List<String> arguments)
      throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "NO TERMINAL: /usr/bin/script is not installed");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(SCRIPT.toString()), arguments.stream()).toList());
    builder.redirectErrorStream(true).redirectOutput(seen.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("HOME", home.toString());
    return builder.start();
  }
}
