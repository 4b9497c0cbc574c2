package dev.osmo.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param name the name in messages
 * @param environment added to the launcher's environment, without its settings for services
 */
public record ChildSpec(
    String name, List<String> command, Map<String, String> environment, Path log) {
  public ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Without the environment, which contains passwords. */
  @Override
  public String toString() {
    return "ChildSpec[" + name + "]";
  }
}
