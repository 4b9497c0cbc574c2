package dev.osmo.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services accept every file of identity providers that the page for operators prints. */
class PrintedProvidersTest {

  private static final Path PAGE = Path.of("../../src-docs/operator/sign-in.rst");
  private static final Pattern JSON =
      Pattern.compile("(?m)^\\.\\. code-block:: json\n\n((?:   .*\n|\n)+)");

  @TempDir Path folder;

  @Test
  void each_printed_file_is_accepted() throws IOException {
    List<String> names =
        JSON.matcher(Files.readString(PAGE))
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains("\"providers\""))
            .map(this::read)
            .map(provider -> provider.name())
            .toList();

    assertThat(names).containsExactly("company", "keycloak", "entra", "okta", "google");
  }

  private IdentityProvider read(String block) {
    try {
      Path file = Files.writeString(folder.resolve("providers.json"), block);
      return IdentityProviders.read(Optional.of(file), "https://osmo.example.com")
          .first()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
