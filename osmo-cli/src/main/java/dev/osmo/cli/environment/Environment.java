package dev.osmo.cli.environment;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The variables the process was started with, and the paths that follow from them. An empty
 * variable counts as absent.
 */
@Singleton
public class Environment implements Variables {

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  /** A switch: set, and neither {@code 0} nor {@code false}. */
  public final boolean isOn(String name) {
    return variable(name).filter(value -> !value.matches("(?i)0|false|no")).isPresent();
  }

  /** Expands a leading {@code ~}, which shells leave alone inside {@code --token-file=~/…}. */
  public final Path path(String text) {
    if (text.equals("~")) {
      return home();
    }
    return text.startsWith("~/") ? home().resolve(text.substring(2)) : Path.of(text);
  }

  public final Path configDirectory() {
    return variable("OSMO_CONFIG_FILE_DIR")
        .map(Path::of)
        .or(() -> variable("XDG_CONFIG_HOME").map(directory -> Path.of(directory, "osmo")))
        .orElseGet(() -> home().resolve(".config").resolve("osmo"));
  }

  private Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }
}
