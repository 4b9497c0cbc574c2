package dev.osmo.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running process of the stack. */
public final class Child {
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Requests a process to stop. */
  interface Stop {
    void request(Process process);
  }

  private final ChildSpec spec;
  private final Process process;
  private final Stop gracefulStop;

  Child(ChildSpec spec, Process process, Stop gracefulStop) {
    this.spec = spec;
    this.process = process;
    this.gracefulStop = gracefulStop;
  }

  public String name() {
    return spec.name();
  }

  public Path log() {
    return spec.log();
  }

  public boolean alive() {
    return process.isAlive();
  }

  Process process() {
    return process;
  }

  void stop() {
    stop(GRACE);
  }

  /** Requests the process to stop, and kills it if it does not. Returns after its exit. */
  void stop(Duration grace) {
    if (process.isAlive()) {
      gracefulStop.request(process);
    }
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The message about an unexpected exit. */
  public String exitReport() {
    return "%s exited unexpectedly (exit code %d). The last lines of %s:%n%s"
        .formatted(name(), process.exitValue(), log(), LogTail.of(log(), 15));
  }
}
