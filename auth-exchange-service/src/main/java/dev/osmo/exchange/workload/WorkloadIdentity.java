package dev.osmo.exchange.workload;

import java.time.Duration;
import java.time.Instant;

/**
 * The identity in a verified token of a workload.
 *
 * @param issuer a trusted issuer, whose key verified the token
 * @param audience the only audience of the token
 * @param notBefore {@code nbf}, or {@code iat} without it
 */
public record WorkloadIdentity(
    String issuer,
    String audience,
    String subject,
    Instant notBefore,
    Instant issuedAt,
    Instant expiresAt) {

  /** The clocks of issuers differ from the database's. A token that has expired gets no leeway. */
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  /**
   * Whether the token is valid at this time of the database. A JWT counts whole seconds, so a token
   * is not valid in its last second.
   *
   * @param longest the longest lifetime of a token
   */
  public boolean isValidAt(Instant now, Duration longest) {
    return !expiresAt.isBefore(now.plusSeconds(1))
        && !notBefore.isAfter(now.plus(LEEWAY))
        && !issuedAt.isAfter(now.plus(LEEWAY))
        && !expiresAt.isAfter(issuedAt.plus(longest));
  }
}
