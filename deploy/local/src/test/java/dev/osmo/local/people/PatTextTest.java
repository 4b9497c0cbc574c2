package dev.osmo.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.folder.SecretText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the vectors that all modules share. */
class PatTextTest {
  static Stream<String> published_tokens() throws IOException {
    return texts("tokens");
  }

  static Stream<String> malformed_tokens() throws IOException {
    return texts("malformed").filter(text -> !text.isBlank());
  }

  @ParameterizedTest
  @MethodSource("published_tokens")
  void a_published_token_is_well_formed(String text) {
    assertThat(PatText.isWellFormed(new SecretText(text))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("malformed_tokens")
  void a_malformed_token_is_not(String text) {
    assertThat(PatText.isWellFormed(new SecretText(text))).isFalse();
  }

  @Test
  void a_fresh_token_is_well_formed_and_never_comes_twice() {
    var fresh = IntStream.range(0, 500).mapToObj(i -> PatText.random()).toList();

    assertThat(fresh).allMatch(PatText::isWellFormed).doesNotHaveDuplicates();
  }

  private static Stream<String> texts(String key) throws IOException {
    JsonObject vectors =
        new JsonObject(Files.readString(Path.of("../../src-docs/contracts/token-vectors.json")));
    return vectors.getJsonArray(key).stream()
        .map(JsonObject.class::cast)
        .map(vector -> vector.getString("text"));
  }
}
