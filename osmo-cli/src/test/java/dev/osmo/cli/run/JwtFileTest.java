package dev.osmo.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.cli.session.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtFileTest {
  private final Jwt jwt = Jwt.stored("e30.e30.e30", Instant.now(), 300);

  @TempDir Path folder;

  @Test
  void a_renewal_that_cannot_be_written_leaves_nothing_and_is_retried_soon() throws IOException {
    try (JwtFile file = JwtFile.create(folder, jwt)) {
      Files.delete(file.path());
      Files.createDirectories(file.path().resolve("in the way"));

      file.renew(() -> jwt);

      assertThat(file.path().getParent()).isDirectoryNotContaining("glob:**.tmp");
      assertThat(file.untilRenewal()).isEqualTo(Duration.ofSeconds(5));
      Files.delete(file.path().resolve("in the way"));
    }
  }
}
