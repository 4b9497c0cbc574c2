package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the recording of last uses. */
public interface LastUseSettings {

  /** How often last uses are written; a crash loses at most those since the last write. */
  @WithDefault("PT2S")
  Duration every();

  /** How many secrets may have an unwritten use while the database is unavailable. */
  @WithDefault("100000")
  int remembered();

  /** How long a graceful shutdown waits, at most twice, for the last uses to be written. */
  @WithDefault("PT4S")
  Duration patience();
}
