package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of sign-in through identity providers. */
public interface SignInSettings {

  /** How long one request to an identity provider or to token-service may take. */
  @WithDefault("PT5S")
  Duration deadline();
}
