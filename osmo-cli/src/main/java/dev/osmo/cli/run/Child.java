package dev.osmo.cli.run;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.tty.StandardStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The started program. */
final class Child {
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /** Forwards every signal that osmo receives from now on. Osmo must exit after the program. */
  static Child start(ProcessBuilder builder) {
    CompletableFuture<Child> started = new CompletableFuture<>();
    SignalHandlers.install(
        signal -> {
          CompletableFuture<Void> unused = started.thenAccept(child -> child.receive(signal));
        });
    try {
      Child child = new Child(builder.start());
      started.complete(child);
      return child;
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

  /** The next signal cannot overtake this one. */
  private synchronized void receive(Signal signal) {
    boolean received = signal.isSentByTerminals() && StandardStream.isTerminal(0);
    if (!received && process.isAlive()) {
      send(signal);
    }
  }

  /** Returns when the signal was sent. */
  private void send(Signal signal) {
    try {
      boolean unused = signal.sendTo(process.pid());
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
