package dev.osmo.local.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One line per step. On a terminal the line is there while the step runs and is then completed;
 * elsewhere it appears when it is done.
 */
record Progress(PrintStream out, boolean terminal) {

  /** Does the work; what it returns is said behind the step's name. */
  void step(String name, Supplier<String> work) {
    Instant start = Instant.now();
    if (terminal) {
      out.print("  … " + name);
      out.flush();
    }
    String detail;
    try {
      detail = work.get();
    } catch (RuntimeException e) {
      out.println((terminal ? "\r\033[K" : "") + "  ✘ " + name);
      throw e;
    }
    String seconds =
        String.format(
            Locale.ROOT, "%.1f s", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    out.println(
        (terminal ? "\r\033[K" : "")
            + "  ✔ "
            + name
            + (detail.isEmpty() ? "" : ": " + detail)
            + " ("
            + seconds
            + ")");
  }

  void say(String line) {
    out.println(line);
  }
}
