package dev.osmo.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.pat.PatText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenFinderTest {
  private final String token = PatText.random(new SecureRandom()).text();

  @Test
  void a_token_is_found_once_at_any_block_boundary() throws IOException {
    TokenFinder finder = new TokenFinder(1);
    for (int before = 0; before < 300; before++) {
      assertThat(find(finder, "-".repeat(before) + token + "-".repeat(before % 7)))
          .containsExactly("x:1:" + (before + 1) + ": " + token.substring(0, 9) + "***");
    }
  }

  @Test
  void a_longer_word_is_not_a_token_at_any_block_boundary() throws IOException {
    TokenFinder finder = new TokenFinder(1);
    for (int before = 0; before < 300; before++) {
      assertThat(find(finder, "-".repeat(before) + token + "x")).isEmpty();
      assertThat(find(finder, "-".repeat(before) + "x" + token)).isEmpty();
    }
  }

  @Test
  void adjacent_tokens_are_all_found() throws IOException {
    String three = token + "\n" + token + " " + token;

    assertThat(find(new TokenFinder(1 << 16), three)).hasSize(3);
    assertThat(find(new TokenFinder(1), three)).hasSize(3);
  }

  private static List<String> find(TokenFinder finder, String text) throws IOException {
    List<String> found = new ArrayList<>();
    finder.find(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (line, column, token) -> found.add(FoundToken.of("x", line, column, token).text()));
    return found;
  }
}
