package dev.osmo.cli.run;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.session.token.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A JWT in a file that only its owner can reach, replaced whole on each renewal and gone on {@link
 * #close}.
 */
final class JwtFile implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final Path directory;
  private Duration untilRenewal = Duration.ZERO;

  private JwtFile(Path directory) {
    this.directory = directory;
  }

  static JwtFile create(Jwt jwt) throws IOException {
    JwtFile file = new JwtFile(Files.createTempDirectory("osmo-run-", OWNER_ONLY_DIRECTORY));
    try {
      file.write(jwt);
      return file;
    } catch (IOException full) {
      file.close();
      throw full;
    }
  }

  Path path() {
    return directory.resolve("jwt");
  }

  /** Half of the lifetime: the command always finds a JWT that lives for a while. */
  Duration untilRenewal() {
    return untilRenewal;
  }

  /**
   * Neither a server that cannot be reached nor a disk that is full for a moment ends the command:
   * it keeps the JWT that it has.
   */
  void renew(Supplier<Jwt> exchange) {
    try {
      write(exchange.get());
    } catch (Failure | IOException forNow) {
      untilRenewal = AFTER_A_FAILURE;
    }
  }

  private void write(Jwt jwt) throws IOException {
    Path newer = Files.createTempFile(directory, "jwt", ".new", OWNER_ONLY_FILE);
    try {
      Files.write(newer, jwt.text().getBytes(StandardCharsets.US_ASCII));
      Files.move(
          newer, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(newer);
    }
    Duration half = jwt.lifetime().dividedBy(2);
    untilRenewal = half.compareTo(AFTER_A_FAILURE) < 0 ? AFTER_A_FAILURE : half;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(directory);
  }
}
