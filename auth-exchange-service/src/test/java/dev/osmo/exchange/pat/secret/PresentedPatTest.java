package dev.osmo.exchange.pat.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.exchange.testing.TokenText;
import dev.osmo.exchange.testing.Vectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresentedPatTest {

  @ParameterizedTest
  @MethodSource("tokens")
  void a_token_of_the_contract_is_well_formed(JsonNode vector) {
    assertThat(PresentedPat.read(vector.get("text").asText())).isPresent();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void a_malformed_text_of_the_contract_is_no_token(JsonNode vector) {
    assertThat(PresentedPat.read(vector.get("text").asText()))
        .as(vector.get("why").asText())
        .isEmpty();
  }

  @Test
  void nothing_is_no_token() {
    assertThat(PresentedPat.read(null)).isEmpty();
  }

  @Test
  void a_token_with_any_one_character_changed_is_no_token() {
    String token = TokenText.random();

    for (int i = 0; i < token.length(); i++) {
      String other = token.charAt(i) == 'x' ? "y" : "x";
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(PresentedPat.read(changed)).as("character %d", i).isEmpty();
    }
  }

  @Test
  void a_malformed_text_cannot_be_made_into_a_token() {
    assertThatThrownBy(() -> new PresentedPat("osmo_nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("nonsense");
  }

  @Test
  @Tag("I1")
  void a_token_does_not_print_itself() {
    String token = TokenText.random();

    assertThat(new PresentedPat(token)).asString().doesNotContain(token.substring(5));
  }

  static Stream<JsonNode> tokens() {
    return StreamSupport.stream(Vectors.tokens().get("tokens").spliterator(), false);
  }

  static Stream<JsonNode> malformed() {
    return StreamSupport.stream(Vectors.tokens().get("malformed").spliterator(), false);
  }
}
