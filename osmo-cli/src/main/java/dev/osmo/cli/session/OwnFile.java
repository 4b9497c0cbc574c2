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
 * Checks the files in the configuration directory before they are used. Accepts only a regular file
 * of the user: a symbolic link may point to another file, a pipe blocks, and a file of another user
 * could redirect requests to another server.
 */
final class OwnFile {
  private OwnFile() {}

  /**
   * Opens the file for reading.
   *
   * @throws NoSuchFileException if there is none
   * @throws Failure if it is not a regular file of the user
   */
  static InputStream open(Path file) throws IOException {
    check(file);
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Accepts a file that does not exist. */
  static void check(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw refused(file, kind(found) + " is in the place of " + file, "Remove it.");
      }
      if (!isOurs(file)) {
        throw refused(file, file + " belongs to another user", "Run osmo as that user.");
      }
    } catch (NoSuchFileException absent) {
      // It will be created.
    }
  }

  private static String kind(BasicFileAttributes found) {
    if (found.isSymbolicLink()) {
      return "A symbolic link";
    }
    return found.isDirectory() ? "A directory" : "A pipe or a device";
  }

  private static boolean isOurs(Path file) throws IOException {
    Optional<Object> us = owner(Path.of("/proc/self"));
    return us.isEmpty() || us.equals(owner(file));
  }

  /** Empty on systems without user ids or without {@code /proc}. */
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
