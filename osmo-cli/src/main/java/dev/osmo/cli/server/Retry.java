package dev.osmo.cli.server;

import java.util.Set;

/** When a request without a usable response may be repeated. */
public enum Retry {
  /** Never: a quick failure is better. */
  NEVER,
  /** Only if the server reports that it did not process the request. */
  IF_NOT_PROCESSED,
  /** Always: repeating the request changes nothing more. */
  IDEMPOTENT;

  /** The idempotent methods of RFC 9110, section 9.2.2. */
  private static final Set<String> IDEMPOTENT_METHODS =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  static Retry of(String method) {
    return IDEMPOTENT_METHODS.contains(method) ? IDEMPOTENT : IF_NOT_PROCESSED;
  }
}
