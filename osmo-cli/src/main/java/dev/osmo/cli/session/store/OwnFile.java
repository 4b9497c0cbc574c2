package dev.osmo.cli.session.store;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Files that osmo keeps for itself. What stands in their place and is not a regular file of the
 * user was put there by somebody else: a symbolic link would lead elsewhere, a pipe would hang, a
 * file of another user would choose the server that we speak to.
 */
final class OwnFile {
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

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

  /**
   * Puts the content into the file's place: at any moment, also after a crash or a power cut, it is
   * the old file or the new one. The caller sees to it that nobody else does the same meanwhile.
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path directory = file.resolveSibling(".");
    String prefix = "." + file.getFileName() + "-";
    sweep(directory, prefix);
    Path temporary = Files.createTempFile(directory, prefix, ".tmp", OWNER_ONLY);
    try {
      write(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    // So that the rename, too, survives.
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** A process that was killed while it wrote leaves a file with the token behind. */
  private static void sweep(Path directory, String prefix) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
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
