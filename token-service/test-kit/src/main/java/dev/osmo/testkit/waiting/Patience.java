package dev.osmo.testkit.waiting;

import java.time.Duration;
import java.util.Map;

/** How long a test waits for an event before it fails. No test asserts that something is fast. */
public final class Patience {

  /** Enough for a machine with ten times as much work as processors. */
  public static final Duration LONG = Duration.ofMinutes(10);

  private Patience() {}

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
