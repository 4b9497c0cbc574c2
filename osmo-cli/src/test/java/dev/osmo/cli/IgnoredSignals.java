package dev.osmo.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A build that was started with {@code nohup}, or in the background by a script, ignores some
 * signals, as do its child processes. Their effect cannot be tested there.
 */
final class IgnoredSignals {
  private static final Map<String, Integer> NUMBERS =
      Map.of("HUP", 1, "INT", 2, "QUIT", 3, "USR1", 10, "USR2", 12, "TERM", 15);

  private IgnoredSignals() {}

  static void skipTestsOf(String signal) throws IOException {
    assumeFalse(ignored(signal), "This build was started with " + signal + " ignored: NOT TESTED");
  }

  private static boolean ignored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(mask, 16) >> (NUMBERS.get(signal) - 1) & 1) == 1;
  }
}
