package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Room {@code lastuse}. */
public interface LastUseSettings {

  /** How often last uses are written; a crash loses at most what came since. */
  @WithDefault("PT2S")
  Duration every();

  /** For how many secrets an unwritten use is remembered while the database is away. */
  @WithDefault("100000")
  int remembered();

  /** How long a graceful end waits, twice at most, for the last uses to be written. */
  @WithDefault("PT4S")
  Duration patience();
}
