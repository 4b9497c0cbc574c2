package dev.osmo.local.system;

import java.util.List;

/**
 * Runs a command at a terminal, created by {@code script} of util-linux, which every Debian has.
 * Its output is that of both streams, as in a pipe: without the line ends and the moving text of a
 * terminal.
 */
final class PseudoTerminal {
  private static final String LIKE_A_PIPE = "stty -echo -onlcr; TERM=dumb; export TERM; ";

  private PseudoTerminal() {}

  /** As the words of a process. */
  static List<String> words(String command) {
    return List.of("script", "-qec", LIKE_A_PIPE + command, "/dev/null");
  }

  /**
   * For a shell.
   *
   * @param command without a single quote
   */
  static String typed(String command) {
    return "script -qec '" + LIKE_A_PIPE + command + "' /dev/null";
  }
}
