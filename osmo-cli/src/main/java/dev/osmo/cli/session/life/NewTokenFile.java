package dev.osmo.cli.session.life;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is to hold a new token. Promises: room for the token is there before it is asked for,
 * so that a full disk or a read-only directory is noticed in time; readers find the old content or
 * the new one; nobody but its owner can read it, not for a moment. What stood at its name, a
 * symbolic link included, is replaced.
 */
public final class NewTokenFile implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int ROOM = 64;

  private final String name;
  private final Path target;
  private final Path temporary;

  private NewTokenFile(String name, Path target, Path temporary) {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Prepares the file.
   *
   * @param name as typed; a leading {@code ~} is the home directory
   */
  public static NewTokenFile prepare(Environment environment, String name) {
    try {
      Path target = environment.path(name).toAbsolutePath();
      Path directory = target.getParent();
      if (directory == null || Files.isDirectory(target)) {
        throw unwritable(name, "it is a directory");
      }
      Path temporary = Files.createTempFile(directory, ".osmo-token-", ".tmp", OWNER_ONLY);
      NewTokenFile file = new NewTokenFile(name, target, temporary);
      file.write(" ".repeat(ROOM));
      return file;
    } catch (IOException | InvalidPathException wrong) {
      throw unwritable(name, wrong.getClass().getSimpleName());
    }
  }

  /** Puts the new token into the file's place. */
  public void put(RotatedToken rotated) {
    try {
      write(rotated.secret() + "\n");
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException wrong) {
      throw unwritable(name, wrong.getClass().getSimpleName());
    }
  }

  /** Over what is there, and cut only afterwards: a full disk cannot stand in the way. */
  private void write(String text) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(text.length());
      channel.force(true);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException stays) {
      // It holds spaces, or a token that its owner alone can read.
    }
  }

  private static Failure unwritable(String name, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Cannot write the token file " + name + " (" + why + ")",
        "Check the directory, its permissions and the free space.");
  }
}
