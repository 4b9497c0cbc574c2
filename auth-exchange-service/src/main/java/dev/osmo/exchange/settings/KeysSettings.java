package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the rotation of signing keys. */
public interface KeysSettings {

  /** How long a key signs before the next key replaces it. */
  @WithDefault("P30D")
  Duration rotateEvery();

  /**
   * How long a key is published before it signs: at least twice {@code jwt.jwks-max-age} plus
   * {@code keys.stale-after}, and longer than third parties cache the keys.
   */
  @WithDefault("PT2H")
  Duration publishAhead();

  /** How often each replica checks for rotated and revoked keys. */
  @WithDefault("PT5S")
  Duration poll();

  /** A replica that could not read the keys for this long refuses to sign. */
  @WithDefault("PT30S")
  Duration staleAfter();
}
