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
    file.write(jwt);
    return file;
  }

  Path path() {
    return directory.resolve("jwt");
  }

  /** Half of the lifetime: the command always finds a JWT that lives for a while. */
  Duration untilRenewal() {
    return untilRenewal;
  }

  /** A server that cannot be reached for a moment does not end the command. */
  void renew(Supplier<Jwt> exchange) throws IOException {
    try {
      write(exchange.get());
    } catch (Failure unreachable) {
      untilRenewal = AFTER_A_FAILURE;
    }
  }

  private void write(Jwt jwt) throws IOException {
    Path newer = Files.createTempFile(directory, "jwt", ".new", OWNER_ONLY_FILE);
    Files.write(newer, jwt.text().getBytes(StandardCharsets.US_ASCII));
    Files.move(newer, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Duration half = jwt.lifetime().dividedBy(2);
    untilRenewal = half.compareTo(AFTER_A_FAILURE) < 0 ? AFTER_A_FAILURE : half;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(directory);
  }
}
