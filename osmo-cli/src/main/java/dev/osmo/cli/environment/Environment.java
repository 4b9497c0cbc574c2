package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables, and the paths that depend on them. White space around a value is
 * ignored, because files of services and containers often end with a line break. An empty variable
 * is not set.
 */
@Singleton
public class Environment implements Variables {
  private static final String CONFIG = "OSMO_CONFIG_FILE_DIR";

  @Override
  public final Optional<String> variable(String name) {
    return Optional.ofNullable(value(name)).map(String::strip).filter(value -> !value.isEmpty());
  }

  protected @Nullable String value(String name) {
    return System.getenv(name);
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
    return directory(CONFIG)
        .or(() -> directory("XDG_CONFIG_HOME").map(directory -> directory.resolve("osmo")))
        .orElseGet(() -> home().resolve(".config").resolve("osmo"));
  }

  /**
   * {@code XDG_RUNTIME_DIR}, which only the user can read, else {@code TMPDIR}, else the system's
   * directory. A directory that cannot be written is skipped: after {@code su}, for example, the
   * variable names that of the other user.
   */
  public final Path temporaryDirectory() {
    return Stream.of("XDG_RUNTIME_DIR", "TMPDIR")
        .flatMap(name -> variable(name).stream())
        .map(Path::of)
        .filter(path -> path.isAbsolute() && Files.isDirectory(path) && Files.isWritable(path))
        .findFirst()
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
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
        "Set it to an absolute path" + (name.equals(CONFIG) ? "." : ", or set " + CONFIG + "."));
  }
}
