package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits on the use of the database. */
public interface DatabaseSettings {

  /** How long a connection may take to open. */
  @WithDefault("PT5S")
  Duration connectTimeout();

  /** How long a request waits for a connection before the response is 503. */
  @WithDefault("PT5S")
  Duration poolWait();

  /** How many requests may wait for a connection; beyond that the response is 503. */
  @WithDefault("256")
  int poolQueue();

  /**
   * A connection without any traffic for this long is closed; longer than the longest statement
   * ({@code statement_timeout}, 15 s).
   */
  @WithDefault("PT20S")
  Duration silence();

  /**
   * The liveness check fails if no connection has been returned to a fully used pool for this long
   * while the database responds; longer than {@code database.silence}.
   */
  @WithDefault("PT1M")
  Duration leakedAfter();

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
