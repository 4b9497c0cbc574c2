package dev.osmo.cli.run;

import dev.osmo.cli.files.OwnerOnlyFile;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.session.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A JWT in a file in a temporary directory that only its owner can read. Each renewal replaces the
 * file atomically, and {@link #close} deletes it.
 */
final class JwtFile implements AutoCloseable {
  private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);

  private final Path directory;
  private Duration untilRenewal = Duration.ZERO;

  private JwtFile(Path directory) {
    this.directory = directory;
  }

  static JwtFile create(Path parent, Jwt jwt) throws IOException {
    JwtFile file = new JwtFile(OwnerOnlyFile.createTemporaryDirectory(parent, "osmo-run-"));
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

  /** Half of the lifetime, so that the JWT in the file is always valid for a while. */
  Duration untilRenewal() {
    return untilRenewal;
  }

  /** After a failure, such as an unreachable server or a full disk, the old JWT remains. */
  void renew(Supplier<Jwt> exchange) {
    try {
      write(exchange.get());
    } catch (Failure | IOException temporary) {
      untilRenewal = RETRY_AFTER_FAILURE;
    }
  }

  private void write(Jwt jwt) throws IOException {
    OwnerOnlyFile.replace(path(), jwt.text().getBytes(StandardCharsets.US_ASCII));
    Duration half = jwt.lifetime().dividedBy(2);
    untilRenewal = half.compareTo(RETRY_AFTER_FAILURE) < 0 ? RETRY_AFTER_FAILURE : half;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(directory);
  }
}
