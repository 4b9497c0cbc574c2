package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.files.OwnerOnlyFile;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that the user names for the new secret of a rotation, as an {@link OwnerOnlyFile}. */
public final class NewTokenFile implements AutoCloseable {
  private static final int SIZE = 64;

  private final String name;
  private final OwnerOnlyFile file;

  private NewTokenFile(String name, OwnerOnlyFile file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Reserves the disk space and proves that the file can be replaced, so that a full disk or a
   * mounted file is noticed before the token is rotated.
   *
   * @param name as typed; a leading {@code ~} is the home directory
   */
  public static NewTokenFile prepare(Environment environment, String name) {
    try {
      Path target = environment.path(name).toAbsolutePath();
      if (target.getParent() == null || Files.isDirectory(target)) {
        throw unwritable(name, "it is a directory");
      }
      OwnerOnlyFile.proveReplaceable(target);
      return new NewTokenFile(name, OwnerOnlyFile.reserve(target, SIZE));
    } catch (IOException | InvalidPathException wrong) {
      throw unwritable(name, reason(wrong));
    }
  }

  /** Replaces the file. */
  public void put(RotatedToken rotated) {
    try {
      file.put((rotated.secret() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException wrong) {
      throw unwritable(name, reason(wrong));
    }
  }

  @Override
  public void close() {
    file.close();
  }

  private static String reason(Exception wrong) {
    return switch (wrong) {
      case NoSuchFileException missing -> "the directory does not exist";
      case AccessDeniedException denied -> "permission denied";
      case InvalidPathException malformed -> "the name is not valid";
      default -> wrong.getClass().getSimpleName();
    };
  }

  private static Failure unwritable(String name, String why) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Cannot write the token file " + name + " (" + why + ")",
        "Check the directory, its permissions and the free disk space.");
  }
}
