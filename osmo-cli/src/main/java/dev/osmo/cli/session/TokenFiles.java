package dev.osmo.cli.session;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Reads files that contain a token. White space around the token is ignored. If other users can
 * read the file, it prints a warning; with {@code OSMO_STRICT} or {@code --strict} it fails.
 */
@Singleton
public class TokenFiles {
  /** Larger than any token. A larger file was named by mistake. */
  private static final int LARGEST = 16 * 1024;

  /** Some editors write it at the start of a file. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final Set<PosixFilePermission> READABLE_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Environment environment;
  private final Terminal terminal;

  TokenFiles(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  public PatText read(String name) {
    return read(name, false);
  }

  /**
   * Reads a file that contains only a token.
   *
   * @param name a file; a leading {@code ~} is the home directory
   * @param strict whether to refuse a file that other users can read
   */
  public PatText read(String name, boolean strict) {
    try {
      Path file = environment.path(name);
      checkPermissions(file, name, strict || environment.isOn("OSMO_STRICT"));
      try (InputStream in = Files.newInputStream(file)) {
        return read(in);
      }
    } catch (NoSuchFileException absent) {
      throw failure("There is no token file " + name);
    } catch (IOException | InvalidPathException unreadable) {
      throw failure("Cannot read the token file " + name);
    }
  }

  public PatText read(InputStream in) throws IOException {
    String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
    return TokenSyntax.require(
        text.startsWith(BYTE_ORDER_MARK) ? text.substring(1).strip() : text.strip());
  }

  private void checkPermissions(Path file, String name, boolean strict) throws IOException {
    // The permissions of a pipe or process substitution do not matter: no other user can open it.
    if (!Files.isRegularFile(file) || isPrivate(file)) {
      return;
    }
    String what = "Other users of this machine can read the token file " + name;
    if (strict) {
      throw Failure.of(ExitCode.USER_ERROR, what, "Run: chmod 600 " + name);
    }
    terminal.message("Warning: " + what + ". Run: chmod 600 " + name);
  }

  private static boolean isPrivate(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return isInKubernetesVolume(file)
          ? !permissions.contains(PosixFilePermission.OTHERS_READ)
          : permissions.stream().noneMatch(READABLE_BY_OTHERS::contains);
    } catch (UnsupportedOperationException noPosix) {
      return true;
    }
  }

  /**
   * Kubernetes gives the group of a Secret's files to the pod ({@code fsGroup}) and links each file
   * to the directory {@code ..data}, which it replaces.
   */
  private static boolean isInKubernetesVolume(Path file) throws IOException {
    return Files.isSymbolicLink(file) && Files.readSymbolicLink(file).startsWith("..data");
  }

  private static Failure failure(String what) {
    return Failure.of(ExitCode.USER_ERROR, what, "Check the path and that the file is readable.");
  }
}
