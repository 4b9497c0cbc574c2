package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Room {@code jwt}. */
public interface JwtSettings {

  /** How long a JWT lives, unless its access token ends earlier. */
  @WithDefault("PT5M")
  Duration ttl();

  /** The longest JWT, in bytes, that is handed out; a longer one would not fit into a header. */
  @WithDefault("6144")
  int maxBytes();

  /** How long a verifier may keep the public keys without asking again. */
  @WithDefault("PT1M")
  Duration jwksMaxAge();
}
