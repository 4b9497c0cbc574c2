package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

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

  /**
   * The maximum age of the last sign-in or refresh at a provider; afterwards, the tokens of that
   * user are refused until the user signs in again. Without it, never.
   */
  Optional<Duration> reverifyAfter();

  /**
   * Whether {@code reverify-after} also applies to users without an identity at a provider, such as
   * service accounts: from their creation on.
   */
  @WithDefault("false")
  boolean reverifyUnlinkedUsers();

  /** How many ID tokens of one provider are verified at the same time. */
  @WithDefault("2")
  int threads();

  /** How many more of them may wait; beyond that the response is 503. */
  @WithDefault("64")
  int queue();
}
