package dev.osmo.testkit.waiting;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long a test waits for an event before it fails. No test asserts that something is fast. */
public final class Patience {

  /** Enough for a machine with ten times as much work as processors. */
  public static final Duration LONG = Duration.ofMinutes(10);

  private Patience() {}

  /** The exit code of a process. One that does not exit in time is killed, with its children. */
  public static int exitOf(Process process) {
    return exitOf(process, LONG);
  }

  /** As {@link #exitOf(Process)}, for what takes long also on an idle machine. */
  public static int exitOf(Process process, Duration deadline) {
    try {
      if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(process.info() + " did not exit in " + deadline);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Settings of a service in a test whose subject is none of its deadlines. On a busy machine the
   * defaults would expire.
   *
   * @param prefix the first part of the names of its own settings
   */
  public static Map<String, String> deadlines(String prefix) {
    return Map.of(
        prefix + ".database.commit-lease",
        "PT1M",
        prefix + ".database.connect-timeout",
        "PT30S",
        prefix + ".socket.body-deadline",
        "PT10M",
        prefix + ".socket.answer-deadline",
        "PT10M",
        "quarkus.http.idle-timeout",
        "10M");
  }
}
