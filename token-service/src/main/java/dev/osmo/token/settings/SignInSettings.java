package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of sign-in through an identity provider. */
public interface SignInSettings {

  /** How long a session lasts; afterwards, the user signs in again. */
  @WithDefault("P30D")
  Duration sessionLife();

  /**
   * The maximum number of sessions per user; a new one ends the one that was unused for longest.
   */
  @WithDefault("50")
  int sessionsPerUser();

  /** How many ID tokens are verified at the same time. */
  @WithDefault("2")
  int threads();

  /** How many more ID tokens may wait; beyond that the response is 503. */
  @WithDefault("64")
  int queue();
}
