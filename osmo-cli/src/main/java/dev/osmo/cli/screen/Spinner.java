package dev.osmo.cli.screen;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The sign, on stderr and only at a terminal, that something takes its time. Appears after {@link
 * #PATIENCE} and is gone, its line empty again, when {@link #close} returns.
 */
public final class Spinner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration STEP = Duration.ofMillis(120);
  private static final String PICTURES = "|/-\\";
  private static final String EMPTY_LINE = "\r\033[K";

  private static final Duration FAREWELL = Duration.ofMillis(500);
  private static final Set<Spinner> SHOWN = ConcurrentHashMap.newKeySet();

  private final PrintWriter err;
  private final Supplier<String> what;
  private final Thread turning = new Thread(this::turn, "spinner");

  private Spinner(PrintWriter err, Supplier<String> what) {
    this.err = err;
    this.what = what;
    turning.setDaemon(true);
  }

  /**
   * Begins to wait. Nothing else may be printed until the end.
   *
   * @param what in a few words, such as {@code Waiting for the server}; asked at each turn
   * @param wanted whether there is a terminal that can show it
   */
  public static Spinner start(PrintWriter err, Supplier<String> what, boolean wanted) {
    Spinner spinner = new Spinner(err, what);
    if (wanted) {
      SHOWN.add(spinner);
      spinner.turning.start();
    }
    return spinner;
  }

  /** For an interruption, which must not wait for a terminal that has been stopped. */
  public static void eraseAll() {
    for (Spinner spinner : SHOWN) {
      spinner.turning.interrupt();
      try {
        spinner.turning.join(FAREWELL);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void turn() {
    if (!pause(PATIENCE)) {
      return;
    }
    int step = 0;
    do {
      err.print(EMPTY_LINE + PICTURES.charAt(step % PICTURES.length()) + " " + what.get());
      err.flush();
      step++;
    } while (pause(STEP));
    err.print(EMPTY_LINE);
    err.flush();
  }

  /** False when the wait is over. */
  private static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException over) {
      return false;
    }
  }

  @Override
  public void close() {
    SHOWN.remove(this);
    turning.interrupt();
    try {
      turning.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
