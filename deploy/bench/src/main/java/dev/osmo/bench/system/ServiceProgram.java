package dev.osmo.bench.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A service that can be started, one process at a time.
 *
 * @param java the options of its Java runtime
 * @param environment its settings
 * @param port for requests
 * @param managementPort for its health
 */
public record ServiceProgram(
    String name,
    String jar,
    List<String> java,
    Map<String, String> environment,
    int port,
    int managementPort,
    Path log) {

  public ServiceProgram {
    java = List.copyOf(java);
    environment = Map.copyOf(environment);
  }

  /** Starts it and waits until its port accepts connections. */
  public Server start() {
    return Server.startJava(name, command(List.of()), environment, port, log);
  }

  /** Starts it and waits until it is ready. */
  public Server startUntilReady(List<String> options) {
    return Server.startJavaUntilReady(
        name, command(options), environment, port, managementPort, log);
  }

  private List<String> command(List<String> options) {
    List<String> command = new ArrayList<>(java);
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar));
    return command;
  }
}
