package dev.osmo.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.pat.PatText;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TestTokensTest {

  private static final JsonNode VECTOR = Contracts.tokenVectors().required("tokens").get(0);

  @Test
  void the_token_of_one_digit_is_the_published_one() {
    assertThat(TestTokens.of('0')).isEqualTo(VECTOR.get("text").asText());
    assertThat(TestTokens.of('q')).startsWith("osmo_" + "q".repeat(28));
  }

  @Test
  void a_random_token_is_well_formed_and_new() {
    assertThat(PatText.parse(TestTokens.random())).isPresent();
    assertThat(TestTokens.random()).isNotEqualTo(TestTokens.random());
  }

  @Test
  void a_lookup_is_the_published_one() {
    byte[] lookup = TestTokens.lookup(VECTOR.get("text").asText());

    assertThat(HexFormat.of().formatHex(lookup)).isEqualTo(VECTOR.at("/lookup/p1").asText());
  }
}
