package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;

/** The limits on callers, for each replica. */
public interface LimitsSettings {

  /**
   * How many requests may wait for the lock of one user at the same time; beyond that the response
   * is 503. Less than the connections of the pool.
   */
  @WithDefault("8")
  int waitingPerUser();

  /** How many requests that read one user may send in a minute; beyond that the response is 429. */
  @WithDefault("3000")
  int requestsPerMinute();

  /**
   * How many requests that change something one user may send in a minute, and how many sign-ins
   * and refreshes of one person are accepted.
   */
  @WithDefault("600")
  int changesPerMinute();

  /**
   * How many invalid JWTs and ID tokens one address (IPv6: one /64) may send in a minute before the
   * response is 429; valid ones are still accepted, one at a time.
   */
  @WithDefault("60")
  int failuresPerMinute();

  /** For how many users and addresses requests are counted at the same time. */
  @WithDefault("100000")
  int rememberedCallers();
}
