package dev.osmo.token.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.testkit.contracts.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

  @TempDir Path folder;

  @Test
  void the_token_is_read_without_surrounding_whitespace() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TestTokens.of('a') + "\n");

    assertThat(TokenFile.read(file).text()).isEqualTo(TestTokens.of('a'));
  }

  @Test
  @Tag("I1")
  void a_file_without_a_token_is_refused_and_not_repeated() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "hunter2");

    assertThatThrownBy(() -> TokenFile.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("well-formed")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_missing_file_is_named() {
    Path file = folder.resolve("missing");

    assertThatThrownBy(() -> TokenFile.read(file)).hasMessageContaining(file.toString());
  }
}
