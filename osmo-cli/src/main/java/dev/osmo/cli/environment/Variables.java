package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** The environment variables. */
public interface Variables {
  /** An empty variable is not set. */
  Optional<String> variable(String name);

  /**
   * Expands a leading {@code ~}, which shells do not expand in {@code --token-file=~/…} and which
   * nothing expands in the file of a service or container.
   */
  default Path path(String text) {
    if (text.equals("~")) {
      return home();
    }
    return text.startsWith("~/") ? home().resolve(text.substring(2)) : Path.of(text);
  }

  /**
   * {@code HOME}, else the directory in the system's list of users.
   *
   * @throws Failure if it is not an absolute path. For a user who is not in the list, Java reports
   *     {@code ?}.
   */
  default Path home() {
    String home = variable("HOME").orElseGet(() -> System.getProperty("user.home", ""));
    if (!home.startsWith("/")) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          variable("HOME").isPresent()
              ? "HOME is " + home + ", not an absolute path"
              : "There is no home directory",
          "Set HOME or OSMO_CONFIG_FILE_DIR to an absolute path.");
    }
    return Path.of(home);
  }
}
