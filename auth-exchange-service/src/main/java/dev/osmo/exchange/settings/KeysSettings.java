package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Room {@code jwt}: the life of the signing keys. */
public interface KeysSettings {

  /** How long one key signs before the next one takes over. */
  @WithDefault("P30D")
  Duration rotateEvery();

  /**
   * How long a key is published before it signs: at least twice {@code jwt.jwks-max-age} plus
   * {@code keys.stale-after}, and longer than third parties that do not ask again keep the keys.
   */
  @WithDefault("PT2H")
  Duration publishAhead();

  /** How often each replica looks for rotated and revoked keys. */
  @WithDefault("PT5S")
  Duration poll();

  /** A replica that could not look for this long does not sign. */
  @WithDefault("PT30S")
  Duration staleAfter();
}
