package dev.osmo.cli.environment;

import java.util.Optional;

/** The variables the process was started with, for those who need no more than them. */
public interface Variables {
  /** An empty variable counts as absent. */
  Optional<String> variable(String name);
}
