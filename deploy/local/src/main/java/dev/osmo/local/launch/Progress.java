package dev.osmo.local.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One line per step. On a terminal, the line appears when the step starts and is completed when the
 * step finishes. Otherwise it appears when the step finishes.
 */
final class Progress {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private volatile boolean silent;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  PrintStream out() {
    return out;
  }

  /** Runs the work. Its result is printed after the name of the step. */
  void step(String name, Supplier<String> work) {
    Instant start = Instant.now();
    if (terminal) {
      out.print("  … " + name);
      out.flush();
    }
    try {
      String detail = work.get();
      String seconds =
          String.format(
              Locale.ROOT, "%.1f s", Duration.between(start, Instant.now()).toMillis() / 1000.0);
      end("  ✔ " + name + (detail.isEmpty() ? "" : ": " + detail) + " (" + seconds + ")");
    } catch (RuntimeException e) {
      end("  ✘ " + name);
      throw e;
    }
  }

  void say(String line) {
    out.println(line);
  }

  /** Prints no further steps, because the stack is stopping. */
  void silenceSteps() {
    silent = true;
  }

  private void end(String line) {
    if (!silent) {
      out.println((terminal ? CLEAR_LINE : "") + line);
    }
  }
}
