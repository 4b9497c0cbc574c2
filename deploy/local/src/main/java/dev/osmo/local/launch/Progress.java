package dev.osmo.local.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One line per step. On a terminal the line is there while the step runs and is then completed;
 * elsewhere it appears when the step is done.
 */
final class Progress {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private volatile boolean over;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  PrintStream out() {
    return out;
  }

  /** Does the work; what it returns is said behind the step's name. */
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

  /** From now on steps that end, because everything is being stopped, say nothing. */
  void silenceSteps() {
    over = true;
  }

  private void end(String line) {
    if (!over) {
      out.println((terminal ? CLEAR_LINE : "") + line);
    }
  }
}
