package dev.osmo.local.process;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A running process of the stack. */
public final class Child {
  private static final long GRACE_SECONDS = 20;

  /** How a process is asked to end. */
  interface Stop {
    void ask(Process process);
  }

  private final ChildSpec spec;
  private final Process process;
  private final Stop politeStop;

  Child(ChildSpec spec, Process process, Stop politeStop) {
    this.spec = spec;
    this.process = process;
    this.politeStop = politeStop;
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

  /**
   * Asks the process to end, waits for it, and kills it when it does not. Returns when it is gone.
   */
  void stop() {
    if (process.isAlive()) {
      politeStop.ask(process);
    }
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What to tell when the process ended although nobody asked it to. */
  public String obituary() {
    return "%s ended unexpectedly with exit code %d. The end of %s:%n%s"
        .formatted(name(), process.exitValue(), log(), LogTail.of(log(), 15));
  }
}
