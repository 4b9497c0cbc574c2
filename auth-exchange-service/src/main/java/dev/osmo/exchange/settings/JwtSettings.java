package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of JWTs and of the key set. */
public interface JwtSettings {

  /** The lifetime of a JWT; shorter if its access token expires earlier. */
  @WithDefault("PT5M")
  Duration ttl();

  /** The largest JWT that is issued, in bytes; a larger one would not fit into a header. */
  @WithDefault("6144")
  int maxBytes();

  /** How long a verifier may cache the public keys. */
  @WithDefault("PT1M")
  Duration jwksMaxAge();
}
