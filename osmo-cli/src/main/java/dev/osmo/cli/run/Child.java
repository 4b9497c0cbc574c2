package dev.osmo.cli.run;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.tty.StandardStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The started program. */
final class Child {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  static Child start(ProcessBuilder builder) {
    try {
      return new Child(builder.start());
    } catch (IOException notFound) {
      throw Failure.of(
          ExitCode.NOT_FOUND,
          "Cannot run " + builder.command().getFirst(),
          "Check that the command exists and is executable.");
    }
  }

  boolean endsWithin(Duration duration) {
    try {
      return process.waitFor(Math.max(1, duration.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** Waits for the exit. Returns the exit code, or 128 + the signal's number, as shells do. */
  int result() {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /**
   * Forwards a signal. A Ctrl-C at a terminal reaches the child directly, because it is in the same
   * process group.
   */
  void receive(Signal signal) {
    boolean received = signal == Signal.INT && StandardStream.isTerminal(0);
    if (!received) {
      send(signal);
    }
  }

  /** The JDK can only send TERM. */
  private void send(Signal signal) {
    if (signal == Signal.TERM) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
    } catch (IOException noShell) {
      process.destroy();
    }
  }

  private Failure interrupted() {
    process.destroy();
    Thread.currentThread().interrupt();
    return Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
  }
}
