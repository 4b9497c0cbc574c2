package dev.osmo.cli;

import dev.osmo.cli.environment.Unfinished;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.run.RunningChild;
import dev.osmo.cli.run.Signal;
import dev.osmo.cli.screen.Spinner;
import java.util.concurrent.CompletableFuture;

/**
 * Gives Ctrl-C its own exit code while a command runs. A shutdown that begins before the command
 * has ended was asked for from outside; the JVM would otherwise answer with 128 + the signal's
 * number. What was half done is swept away. A program that {@code osmo run} has started gets the
 * signal instead, and the last word.
 */
final class Interruption implements AutoCloseable {
  private final RunningChild child;
  private final Unfinished unfinished;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread hook = new Thread(this::halt);

  Interruption(RunningChild child, Unfinished unfinished) {
    this.child = child;
    this.unfinished = unfinished;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The command has come to its end, perhaps during a shutdown. */
  int endedWith(int code) {
    ended.complete(code);
    return code;
  }

  private void halt() {
    boolean waits = child.receives(Signal.thatBeganTheShutdown());
    int code = waits ? ended.join() : ExitCode.INTERRUPTED.number();
    unfinished.end();
    Spinner.eraseAll();
    Runtime.getRuntime().halt(code);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is about to end the process.
    }
  }
}
