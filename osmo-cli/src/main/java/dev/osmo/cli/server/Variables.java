package dev.osmo.cli.server;

import java.util.Optional;

/** The variables the process was started with, as far as connections depend on them. */
public interface Variables {
  /** An empty variable counts as absent. */
  Optional<String> variable(String name);
}
