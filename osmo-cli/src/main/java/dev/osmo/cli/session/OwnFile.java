package dev.osmo.cli.session;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Files that osmo keeps for itself. What stands in their place and is not a regular file of the
 * user was put there by somebody else: a symbolic link would lead elsewhere, a pipe would hang, a
 * file of another user would choose the server that we speak to.
 */
final class OwnFile {
  private OwnFile() {}

  /**
   * Opens the file for reading.
   *
   * @throws NoSuchFileException when there is none
   * @throws Failure when it is not what osmo would have written
   */
  static InputStream open(Path file) throws IOException {
    check(file);
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Says nothing about a file that is not there. */
  static void check(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw refused(file, kind(found) + " stands in the place of " + file, "Remove it.");
      }
      if (!belongsToUs(file)) {
        throw refused(file, file + " belongs to another user", "Run osmo as that user.");
      }
    } catch (NoSuchFileException absent) {
      // Nothing to object to.
    }
  }

  private static String kind(BasicFileAttributes found) {
    if (found.isSymbolicLink()) {
      return "A symbolic link";
    }
    return found.isDirectory() ? "A directory" : "A pipe or a device";
  }

  private static boolean belongsToUs(Path file) throws IOException {
    Optional<Object> us = owner(Path.of("/proc/self"));
    return us.isEmpty() || us.equals(owner(file));
  }

  /** Empty where users have no numbers, or processes no folder. */
  private static Optional<Object> owner(Path file) throws IOException {
    try {
      return Optional.of(Files.getAttribute(file, "unix:uid"));
    } catch (UnsupportedOperationException | NoSuchFileException unknown) {
      return Optional.empty();
    }
  }

  private static Failure refused(Path file, String what, String next) {
    return Failure.of(
        ExitCode.USER_ERROR,
        what,
        next + " Or set OSMO_CONFIG_FILE_DIR to another directory than " + file.getParent() + ".");
  }
}
