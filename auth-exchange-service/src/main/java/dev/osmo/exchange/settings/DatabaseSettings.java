package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the database pool. */
public interface DatabaseSettings {

  /** How long a request waits for the database before the response is 503. */
  @WithDefault("PT3S")
  Duration deadline();

  /** How long the start waits for the database before it fails. */
  @WithDefault("PT30S")
  Duration patience();

  /** How long opening a connection, or waiting for a free one, may take. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /**
   * A pooled connection without traffic for this long is closed; longer than {@code
   * database.deadline}.
   */
  @WithDefault("PT15S")
  Duration silence();
}
