package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the verification of workload tokens. */
public interface WorkloadSettings {

  /**
   * The longest lifetime, from {@code iat} to {@code exp}, of a workload token that is accepted.
   */
  @WithDefault("PT24H")
  Duration longestToken();

  /** How many workload tokens of one issuer are verified at the same time. */
  @WithDefault("2")
  int threads();

  /** How many more of them may wait; beyond that the response is 503. */
  @WithDefault("64")
  int queue();
}
