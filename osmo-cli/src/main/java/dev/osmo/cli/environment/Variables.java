package dev.osmo.cli.environment;

import java.util.Optional;

/** The environment variables. */
public interface Variables {
  /** An empty variable is not set. */
  Optional<String> variable(String name);
}
