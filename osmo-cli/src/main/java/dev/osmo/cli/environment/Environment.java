package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
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

  /**
   * The directory of the credentials.
   *
   * @throws Failure if the variable that names it is not an absolute path: a relative one would
   *     leave credentials in whatever directory the command runs in
   */
  public final Path configDirectory() {
    return directory("OSMO_CONFIG_FILE_DIR")
        .or(() -> directory("XDG_CONFIG_HOME").map(directory -> directory.resolve("osmo")))
        .orElseGet(() -> home().resolve(".config").resolve("osmo"));
  }

  private Optional<Path> directory(String name) {
    return variable(name).map(value -> absolute(name, value));
  }

  private Path absolute(String name, String value) {
    try {
      Path path = path(value);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException malformed) {
      // Reported below.
    }
    throw Failure.of(
        ExitCode.USER_ERROR,
        name + " is " + value + ", not an absolute path",
        "Set it to an absolute path, or set OSMO_CONFIG_FILE_DIR.");
  }
}
