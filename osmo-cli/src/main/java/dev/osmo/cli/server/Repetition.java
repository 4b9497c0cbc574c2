package dev.osmo.cli.server;

import java.util.Set;

/** When a request that brought nothing may be sent again. */
public enum Repetition {
  /** Somebody waits for a quick answer, and none is an answer, too. */
  NEVER,
  /** Only when the server says that it did nothing: a second one may do the work twice. */
  WHEN_NOTHING_WAS_DONE,
  /** Also when it is unknown what was done. */
  HARMLESS;

  /** The methods that RFC 9110, section 9.2.2, calls idempotent. */
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  static Repetition of(String method) {
    return IDEMPOTENT.contains(method) ? HARMLESS : WHEN_NOTHING_WAS_DONE;
  }
}
