package dev.osmo.keycloak;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keycloak as the build unpacked it.
 *
 * @see <a href="https://www.keycloak.org/server/all-config">Keycloak, all configuration</a>
 */
public record Keycloak(Path home) {

  /** A start. Keycloak accepts connections when it is ready. */
  public record Start(List<String> command, Map<String, String> environment) {
    public Start {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** Without the environment, which contains passwords. */
    @Override
    public String toString() {
      return "Start" + command;
    }
  }

  /**
   * Finds it.
   *
   * @param project the folder of the whole project
   * @throws IllegalStateException if the build has unpacked none
   */
  public static Keycloak in(Path project) throws IOException {
    Path unpacked = project.resolve("deploy").resolve("keycloak").resolve("target/keycloak");
    if (Files.isDirectory(unpacked)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(unpacked, "keycloak-*")) {
        for (Path home : homes) {
          return new Keycloak(home.toAbsolutePath());
        }
      }
    }
    throw new IllegalStateException(
        "Keycloak is not in " + unpacked + "; build with the profile keycloak.");
  }

  /** The folder for realms that {@code --import-realm} imports. */
  public Path imports() throws IOException {
    return Files.createDirectories(home.resolve("data").resolve("import"));
  }

  /**
   * Starts on 127.0.0.1 with plain HTTP, with the Java of this program.
   *
   * @param settings {@code KC_} variables, such as those of the database
   */
  public Start start(int port, Map<String, String> settings, String... options) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
    environment.put("KC_CACHE", "local");
    environment.put("KC_HTTP_ENABLED", "true");
    environment.put("KC_HTTP_HOST", "127.0.0.1");
    environment.put("KC_HTTP_PORT", Integer.toString(port));
    environment.put("KC_HOSTNAME_STRICT", "false");
    environment.putAll(settings);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", home.resolve("bin").resolve("kc.sh").toString(), "start"));
    command.addAll(List.of(options));
    return new Start(command, environment);
  }
}
