package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the pruning of removed roles. */
public interface PruneSettings {

  /**
   * Whether to listen for {@code role_removed}; without it, pruning relies on {@code prune.every},
   * for databases that have no {@code LISTEN}.
   */
  @WithDefault("true")
  boolean listen();

  /** The longest time between two checks for removed roles, with or without a notification. */
  @WithDefault("PT2S")
  Duration every();

  /** The pause before the listener reconnects after a lost connection. */
  @WithDefault("PT1S")
  Duration reconnectPause();
}
