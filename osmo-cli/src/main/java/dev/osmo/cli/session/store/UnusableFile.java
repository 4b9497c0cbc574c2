package dev.osmo.cli.session.store;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The ways in which the credential file is of no use, each with what helps. */
final class UnusableFile {
  private UnusableFile() {}

  static Failure newer(Path file) {
    return Failure.of(
        ExitCode.USER_ERROR,
        file + " was written by a newer osmo",
        "Use that one, or set OSMO_CONFIG_FILE_DIR to another directory.");
  }

  static Failure damaged(Path file) {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "The saved login in " + file + " is damaged",
        "Log in again, which keeps it: osmo login <url> --method=token --token-file=<file>."
            + " To forget it with every login: osmo logout --all");
  }

  static Failure damagedTooOften(Path file) {
    return Failure.of(
        ExitCode.USER_ERROR,
        file + " is damaged, and too many damaged ones are kept beside it",
        "Look into them and remove them, or forget them with every login: osmo logout --all");
  }

  /**
   * The machine does not let us.
   *
   * @param what such as {@code Cannot write} and the file
   */
  static Failure because(String what, IOException cause) {
    return Failure.of(
        ExitCode.USER_ERROR,
        what + " (" + reason(cause) + ")",
        "Check the directory's owner, its permissions and the free space, or set OSMO_CONFIG_FILE_DIR.");
  }

  /** As the operating system says it, where it does. */
  private static String reason(IOException cause) {
    String said =
        cause instanceof FileSystemException ofFile ? ofFile.getReason() : cause.getMessage();
    return said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
  }
}
