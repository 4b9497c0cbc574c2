package dev.osmo.cli;

import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.run.RunningChild;
import dev.osmo.cli.run.Signal;
import dev.osmo.cli.tty.Spinner;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives an interrupt its own exit code while a command runs, and cleans up. Otherwise the JVM would
 * exit with 128 + the signal's number. A program started by {@code osmo run} receives the signal
 * and every later one instead, and its exit code becomes osmo's.
 */
final class Interruption implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;

  private final RunningChild child;
  private final InterruptCleanup cleanup;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread hook = new Thread(this::halt);

  Interruption(RunningChild child, InterruptCleanup cleanup) {
    this.child = child;
    this.cleanup = cleanup;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The command has finished, perhaps during a shutdown. */
  int endedWith(int code) {
    ended.complete(code);
    return code;
  }

  private void halt() {
    int code = child.isPresent() ? endedAfterSignals() : ExitCode.INTERRUPTED.number();
    cleanup.run();
    Spinner.eraseAll();
    Runtime.getRuntime().halt(code);
  }

  /** Forwards every signal until the program has ended. Only a signal begins a shutdown. */
  private int endedAfterSignals() {
    Set<Thread> forwarded = new HashSet<>();
    while (true) {
      Signal.receivedBeyond(forwarded).forEach(child::receive);
      try {
        return ended.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException running) {
        // Perhaps another signal has arrived.
      } catch (InterruptedException | ExecutionException impossible) {
        return ExitCode.INTERRUPTED.number();
      }
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook will stop the process.
    }
  }
}
