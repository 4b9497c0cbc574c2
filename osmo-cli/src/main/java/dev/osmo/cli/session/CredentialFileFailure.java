package dev.osmo.cli.session;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Failures of the credential file, each with the next step. */
final class CredentialFileFailure {
  private CredentialFileFailure() {}

  static Failure newer(Path file) {
    return Failure.of(
        ExitCode.USER_ERROR,
        file + " was written by a newer osmo",
        "Use that version, or set OSMO_CONFIG_FILE_DIR to another directory.");
  }

  static Failure damaged(Path file) {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "The credential file " + file + " is damaged",
        "Log in again, which keeps a copy: osmo login <url>."
            + " To delete it and all contexts: osmo logout --all");
  }

  static Failure damagedTooOften(Path file) {
    return Failure.of(
        ExitCode.USER_ERROR,
        file + " is damaged, and there are too many copies of damaged files beside it",
        "Check and remove the copies, or delete them and all contexts: osmo logout --all");
  }

  /**
   * A file system error.
   *
   * @param what such as {@code Cannot write} and the file
   */
  static Failure because(String what, IOException cause) {
    return Failure.of(
        ExitCode.USER_ERROR,
        what + " (" + reason(cause) + ")",
        "Check the directory's owner, its permissions and the free disk space, or set OSMO_CONFIG_FILE_DIR.");
  }

  /** The operating system's message, if there is one. */
  private static String reason(IOException cause) {
    String said =
        cause instanceof FileSystemException ofFile ? ofFile.getReason() : cause.getMessage();
    return said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
  }
}
