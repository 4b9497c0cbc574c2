package dev.osmo.cli.tty;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A progress indicator on standard error, at a terminal only. Appears after {@link #DELAY}, and is
 * erased when {@link #close} returns.
 */
public final class Spinner implements AutoCloseable {
  private static final Duration DELAY = Duration.ofMillis(300);
  private static final Duration STEP = Duration.ofMillis(120);
  private static final String FRAMES = "|/-\\";
  private static final String EMPTY_LINE = "\r\033[K";

  private static final Duration ERASE_TIMEOUT = Duration.ofMillis(500);
  private static final Set<Spinner> SHOWN = ConcurrentHashMap.newKeySet();

  private final PrintWriter err;
  private final Supplier<String> what;
  private final Thread thread = new Thread(this::run, "spinner");

  private Spinner(PrintWriter err, Supplier<String> what) {
    this.err = err;
    this.what = what;
    thread.setDaemon(true);
  }

  /**
   * Starts the indicator. Nothing else may be printed until it is closed.
   *
   * @param what the text, such as {@code Waiting for the server}; updated at each step
   * @param enabled whether the terminal supports it
   */
  public static Spinner start(PrintWriter err, Supplier<String> what, boolean enabled) {
    Spinner spinner = new Spinner(err, what);
    if (enabled) {
      SHOWN.add(spinner);
      spinner.thread.start();
    }
    return spinner;
  }

  /** Called on an interrupt. Waits only briefly if the terminal is stopped. */
  public static void eraseAll() {
    for (Spinner spinner : SHOWN) {
      spinner.thread.interrupt();
      try {
        spinner.thread.join(ERASE_TIMEOUT);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    if (!pause(DELAY)) {
      return;
    }
    int step = 0;
    do {
      err.print(EMPTY_LINE + FRAMES.charAt(step % FRAMES.length()) + " " + what.get());
      err.flush();
      step++;
    } while (pause(STEP));
    err.print(EMPTY_LINE);
    err.flush();
  }

  /** False if interrupted. */
  private static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException interrupted) {
      return false;
    }
  }

  @Override
  public void close() {
    SHOWN.remove(this);
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
