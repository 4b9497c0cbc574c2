package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Room {@code prune}. */
public interface PruneSettings {

  /**
   * Whether to listen for the bell; without it, pruning goes by {@code prune.every} alone, for
   * databases that have no {@code LISTEN}.
   */
  @WithDefault("true")
  boolean listen();

  /** The longest time between two looks at the due removals, bell or no bell. */
  @WithDefault("PT2S")
  Duration every();

  /** The pause before the listener's lost connection is tried again. */
  @WithDefault("PT1S")
  Duration reconnectPause();
}
