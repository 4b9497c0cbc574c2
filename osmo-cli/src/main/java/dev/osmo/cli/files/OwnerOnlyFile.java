package dev.osmo.cli.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The new content of a file that contains a secret.
 *
 * <ol>
 *   <li>No other user can read it at any time, unless the caller names a mode: files have mode
 *       0600, directories 0700.
 *   <li>Readers see the old content or the new content, also after a crash or a power failure.
 *   <li>Whatever has the file's name is replaced, including a symbolic link.
 *   <li>{@link #reserve} fails on a full disk or a read-only directory before the secret exists.
 *   <li>Whether it succeeds or fails, no temporary file remains after {@link #close}.
 * </ol>
 */
public final class OwnerOnlyFile implements AutoCloseable {
  /** Keeps the name of the temporary file below the limit of file systems. */
  private static final int LONGEST_PREFIX = 40;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path target;
  private final Path temporary;

  private OwnerOnlyFile(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Prepares new content.
   *
   * @param target in a directory that exists
   * @param size bytes of disk space to reserve
   */
  public static OwnerOnlyFile reserve(Path target, int size) throws IOException {
    Path temporary = Files.createTempFile(directory(target), prefix(target), ".tmp", OWNER_ONLY);
    OwnerOnlyFile file = new OwnerOnlyFile(target, temporary);
    try {
      if (size > 0) {
        file.write(new byte[size]);
      }
      return file;
    } catch (IOException full) {
      file.close();
      throw full;
    }
  }

  /** Replaces the target with this content. */
  public void put(byte[] content) throws IOException {
    write(content);
    move();
  }

  private void move() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory();
  }

  /**
   * Proves that {@link #put} can replace the target, if it is a file, by replacing it with a copy
   * of itself. A mount point and an immutable file, for example, cannot be replaced.
   */
  public static void proveReplaceable(Path target) throws IOException {
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (OwnerOnlyFile copy = reserve(target, 0)) {
      Files.copy(
          target,
          copy.temporary,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(
          copy.temporary,
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Prepares and replaces in one step. */
  public static void replace(Path target, byte[] content) throws IOException {
    try (OwnerOnlyFile file = reserve(target, 0)) {
      file.put(content);
    }
  }

  /** As {@link #replace(Path, byte[])}, for others that the mode names, too. */
  public static void replace(Path target, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    try (OwnerOnlyFile file = reserve(target, 0)) {
      file.write(content);
      Files.setPosixFilePermissions(file.temporary, mode);
      file.move();
    }
  }

  /** Overwrites the reserved space before it truncates, so that a full disk cannot interfere. */
  private void write(byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(content.length);
      channel.force(true);
    }
  }

  /** Makes the rename durable, if the file system can. */
  private void syncDirectory() throws IOException {
    try (FileChannel opened = FileChannel.open(directory(target), StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException unsupported) {
      // Such as an unreadable directory, or one of a network file system. The content is complete;
      // after a power failure the old content may return.
    }
  }

  /** Deletes the temporary file, if it is still there. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException undeletable) {
      // Only its owner can read it.
    }
  }

  /**
   * Deletes the temporary files of killed processes. The caller ensures that no other process is
   * replacing the target.
   */
  public static void deleteLeftovers(Path target) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(directory(target), prefix(target) + "*")) {
      for (Path file : leftovers) {
        Files.deleteIfExists(file);
      }
    }
  }

  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
  }

  public static Path createTemporaryDirectory(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(parent, prefix, OWNER_ONLY_DIRECTORY);
  }

  /** Opens a lock file for writing, and creates it if necessary. */
  public static FileChannel openLock(Path lock) throws IOException {
    return FileChannel.open(
        lock,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        OWNER_ONLY);
  }

  /** Renames a file within its directory. */
  public static Path rename(Path file, Path newName) throws IOException {
    return Files.move(file, newName, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path directory(Path target) {
    return target.resolveSibling(".");
  }

  private static String prefix(Path target) {
    String name = String.valueOf(target.getFileName());
    return "." + name.substring(0, Math.min(LONGEST_PREFIX, name.length())) + "-";
  }
}
