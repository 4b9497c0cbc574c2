package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the database pool. */
public interface DatabaseSettings {

  /** How long a request waits for the database before the response is 503. */
  @WithDefault("PT3S")
  Duration deadline();

  /**
   * How many requests may wait for a read of the database, and how many exchanges may be in work,
   * or 64 for each event loop if that is more; beyond that the response is 503.
   */
  @WithDefault("256")
  int waiting();

  /** How long the whole start waits for the database before it fails. */
  @WithDefault("PT1M")
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

  /**
   * How long this service still decides after the last commit that the database confirmed, between
   * two seconds and a minute; afterwards the response is 503.
   */
  @WithDefault("PT5S")
  Duration commitLease();

  /**
   * How many restored databases the operator has accepted: raise it in both services whenever a
   * backup was restored. The service does not start, and decides nothing, at another epoch.
   */
  @WithDefault("0")
  int epoch();
}
