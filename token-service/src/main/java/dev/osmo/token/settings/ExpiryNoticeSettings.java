package dev.osmo.token.settings;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the notices before access tokens expire. */
public interface ExpiryNoticeSettings {

  /**
   * The webhooks that get a notice before an access token expires: a JSON file. Without it, no
   * notice is sent.
   */
  Optional<Path> webhooksFile();

  /** How many days before the expiry a notice is sent; each between 1 and 365. */
  @WithDefault("30,7,1")
  List<Integer> days();

  /** How long a notice that a webhook does not accept is retried; at most 7 days. */
  @WithDefault("P3D")
  Duration retryFor();

  /** How often each replica looks for notices to send. */
  @WithDefault("PT1M")
  Duration interval();
}
