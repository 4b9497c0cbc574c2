package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Room {@code database}. */
public interface DatabaseSettings {

  /** How long a request waits for the database before it is answered 503. */
  @WithDefault("PT3S")
  Duration deadline();

  /** How long the start waits for the database before it gives up. */
  @WithDefault("PT30S")
  Duration patience();

  /** How long opening a connection, or waiting for a free one, may take. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /**
   * A pooled connection on which nothing moved for this long is closed: longer than the deadline.
   */
  @WithDefault("PT15S")
  Duration silence();
}
