package dev.osmo.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts a child in its own session. Ctrl-C in the terminal then reaches only the launcher, which
 * stops the children in order.
 */
final class OwnSession {
  private static final List<String> PREFIX = find();

  private OwnSession() {}

  /** The arguments before a command; empty if the machine has neither setsid nor Perl. */
  static List<String> prefix() {
    return PREFIX;
  }

  private static List<String> find() {
    if (onPath("setsid")) {
      return List.of("setsid");
    }
    if (onPath("perl")) { // macOS has no setsid
      return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!");
    }
    return List.of();
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
