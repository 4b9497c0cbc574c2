package dev.osmo.cli.environment;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** The environment variables, and the paths that depend on them. An empty variable is not set. */
@Singleton
public class Environment implements Variables {

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  /** Whether a variable is set, and not to {@code 0}, {@code false} or {@code no}. */
  public final boolean isOn(String name) {
    return variable(name).filter(value -> !value.matches("(?i)0|false|no")).isPresent();
  }

  /**
   * {@code OSMO_ALLOW_HTTP}: a token that is not of a saved context may be sent unencrypted to
   * another machine. Because it lowers security, only {@code 1} and {@code true} allow it.
   */
  public final boolean allowsHttp() {
    return variable("OSMO_ALLOW_HTTP").filter(value -> value.matches("(?i)1|true")).isPresent();
  }

  /** Expands a leading {@code ~}, which shells do not expand in {@code --token-file=~/…}. */
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
