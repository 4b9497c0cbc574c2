package dev.osmo.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param name what people call it; also the first part of its log's name
 * @param environment added to the launcher's own, which is cleaned of settings meant for the
 *     services
 */
public record ChildSpec(
    String name, List<String> command, Map<String, String> environment, Path log) {
  public ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The environment carries passwords. */
  @Override
  public String toString() {
    return "ChildSpec[" + name + "]";
  }
}
