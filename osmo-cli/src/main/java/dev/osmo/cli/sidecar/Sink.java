package dev.osmo.cli.sidecar;

import dev.osmo.cli.files.OwnerOnlyFile;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.renewal.JwtOutput;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A file that a program reads its JWT from. A reader sees a complete old or new content, never a
 * part.
 *
 * @param wanted the rights of its JWT
 * @param registry the host name in the format {@link SinkFormat#DOCKER}
 */
record Sink(
    Path file,
    SinkFormat format,
    Set<PosixFilePermission> mode,
    Downscope wanted,
    Optional<String> registry)
    implements JwtOutput {

  Sink {
    mode = Set.copyOf(mode);
  }

  /**
   * @throws Failure if the folder is missing: nobody would look for the file elsewhere
   */
  void requireFolder() {
    Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The folder of the sink " + file + " does not exist",
          "Create it, or mount a volume there.");
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void write(Credential credential) {
    try {
      OwnerOnlyFile.replace(file, format.content(credential, registry), mode);
    } catch (IOException unwritable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot write the sink " + file,
          "Check that this user can create files in its folder, and the free space.");
    }
  }

  /** Whether the file has a JWT that is valid for a while. */
  boolean isFresh(Instant now) {
    return jwt(now).filter(jwt -> jwt.expiresAt().isAfter(now)).isPresent();
  }

  /** Deletes the file unless its JWT is still valid. */
  void deleteIfExpired(Instant now) {
    if (!isFresh(now)) {
      delete();
    }
  }

  @Override
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException undeletable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot delete the sink " + file,
          "Delete it, as its JWT is of no more use.");
    }
  }

  private Optional<Jwt> jwt(Instant now) {
    try {
      return format.jwtIn(Files.readAllBytes(file)).flatMap(text -> Jwt.ofFile(text, now));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
