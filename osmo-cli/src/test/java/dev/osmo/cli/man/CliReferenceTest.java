package dev.osmo.cli.man;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.cli.CommandTree;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference page in the documentation matches the commands. */
@QuarkusTest
class CliReferenceTest {
  private static final Path PAGE = Path.of("..", "src-docs", "user", "cli-reference.rst");

  @Inject CommandTree tree;

  @Test
  void the_reference_page_matches_the_commands() throws IOException {
    String now = CliReference.of(new DescribedCommand(tree.root()));
    if (Boolean.getBoolean("osmo.refresh")) {
      Files.writeString(PAGE, now);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as(
            """
            %s does not match the commands. Regenerate it and check the difference:
            ./mvnw -pl osmo-cli test -Dtest=CliReferenceTest -Dosmo.refresh=true
            """,
            PAGE)
        .isEqualTo(now);
  }
}
