package dev.osmo.token.settings;

import java.nio.file.Path;
import java.util.Optional;

/** Settings of the security events that identity providers push. */
public interface SecurityEventSettings {

  /**
   * The transmitters of security events: a JSON file. Without it, {@code /ssf/events} does not
   * exist.
   */
  Optional<Path> transmittersFile();
}
