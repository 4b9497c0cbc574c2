package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVectorsTest {

  private static final JsonNode VECTORS = read();

  static Stream<JsonNode> tokens() {
    return elements(VECTORS.get("tokens"));
  }

  static Stream<JsonNode> malformed() {
    return elements(VECTORS.get("malformed"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void a_published_token_is_well_formed_and_its_lookups_are_the_published_ones(JsonNode vector) {
    PatText token = PatText.parse(vector.get("text").asText()).orElseThrow();

    for (Pepper pepper : peppers().all()) {
      assertThat(pepper.lookupOf(token).hex())
          .isEqualTo(vector.get("lookup").get(pepper.id()).asText());
    }
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void the_checksum_follows_from_the_body(JsonNode vector) {
    String text = vector.get("text").asText();

    assertThat(PatText.ofBody(text.substring(5, 33)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_is_published_as_malformed_is_no_token(JsonNode vector) {
    assertThat(PatText.parse(vector.get("text").asText())).as(vector.get("why").asText()).isEmpty();
  }

  static Peppers peppers() {
    List<String> lines = new ArrayList<>();
    VECTORS.get("pepper_file").forEach(line -> lines.add(line.asText()));
    return PepperFile.parse("the published one", lines);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(new File("../src-docs/contracts/token-vectors.json"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
