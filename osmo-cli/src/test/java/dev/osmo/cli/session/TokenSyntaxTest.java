package dev.osmo.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSyntaxTest {

  static Stream<String> published() throws IOException {
    return texts("tokens");
  }

  static Stream<String> malformed() throws IOException {
    return texts("malformed");
  }

  @ParameterizedTest
  @MethodSource("published")
  void a_published_token_is_well_formed(String text) {
    assertThat(TokenSyntax.require(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Tag("I1")
  void a_malformed_token_is_a_user_error_and_is_not_printed(String text) {
    assertThatThrownBy(() -> TokenSyntax.require(text))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              if (text.length() > 5) {
                assertThat(failure.what()).doesNotContain(text);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("published")
  void a_shortened_token_looks_truncated(String text) {
    assertThatThrownBy(() -> TokenSyntax.require(text.substring(0, 38)))
        .hasMessageContaining("truncated");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 32, 38})
  void a_changed_character_looks_mistyped(int position) throws IOException {
    StringBuilder changed = new StringBuilder(published().toList().get(2));
    changed.setCharAt(position, changed.charAt(position) == 'Q' ? 'q' : 'Q');

    assertThatThrownBy(() -> TokenSyntax.require(changed.toString()))
        .hasMessageContaining("mistyped");
  }

  @Test
  @Tag("I1")
  void neither_a_token_nor_a_context_prints_the_token() throws IOException {
    PatText pat = TokenSyntax.require(published().toList().get(2));
    Jwt jwt = new Jwt("a.bcd.e", Instant.EPOCH, Duration.ZERO);
    Context context = new Context(new ServerUrl("https://h"), new Grant.Pat(pat), jwt);

    assertThat(pat.toString()).isEqualTo("osmo_***");
    assertThat(context.toString()).doesNotContain(pat.text()).doesNotContain("bcd");
  }

  private static Stream<String> texts(String list) throws IOException {
    JsonNode vectors =
        new ObjectMapper().readTree(Path.of("../src-docs/contracts/token-vectors.json").toFile());
    assertThat(vectors.path(list)).isNotEmpty();
    return StreamSupport.stream(vectors.path(list).spliterator(), false)
        .map(vector -> vector.path("text").asText());
  }
}
