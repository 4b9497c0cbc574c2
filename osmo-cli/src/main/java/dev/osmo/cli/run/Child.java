package dev.osmo.cli.run;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.tty.StandardStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The started program. */
final class Child {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  static Child start(ProcessBuilder builder) {
    try {
      return new Child(builder.start());
    } catch (IOException unstartable) {
      throw failure(builder);
    }
  }

  /** As shells report it. */
  private static Failure failure(ProcessBuilder builder) {
    String command = builder.command().getFirst();
    String path = builder.environment().getOrDefault("PATH", "");
    Stream<Path> places =
        command.contains("/")
            ? Stream.of(Path.of(command))
            : Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, command));
    return places.anyMatch(Files::isRegularFile)
        ? Failure.of(
            ExitCode.COMMAND_NOT_EXECUTABLE,
            "Cannot run " + command,
            "Check that it is executable, and that the interpreter of a script exists.")
        : Failure.of(
            ExitCode.COMMAND_NOT_FOUND,
            "Cannot run " + command,
            "There is no such command. Check its name and PATH.");
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
    if (!received && process.isAlive()) {
      send(signal);
    }
  }

  /** Returns when the signal was sent, so that the next one cannot overtake it. */
  private void send(Signal signal) {
    try {
      // The JDK can only send TERM.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (IOException noShell) {
      process.destroy();
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private Failure interrupted() {
    process.destroy();
    Thread.currentThread().interrupt();
    return Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
  }
}
