package dev.osmo.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.pat.PatText.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatTextTest {

  private static final String TOKEN = "osmo_0123456789ABCDEFGHIJKLMNOPQR0S1RUy";

  @ParameterizedTest
  @MethodSource("dev.osmo.pat.Vectors#tokens")
  void a_published_token_is_well_formed_and_has_the_published_lookups(JsonNode vector) {
    PatText token = PatText.parse(vector.get("text").asText()).orElseThrow();

    Map<String, String> lookups = new TreeMap<>();
    for (Lookup lookup : Peppers.parse(Vectors.pepperFile()).lookupsOf(token)) {
      lookups.put(lookup.pepperId(), lookup.hex());
    }

    vector
        .get("lookup")
        .properties()
        .forEach(
            entry -> assertThat(lookups).containsEntry(entry.getKey(), entry.getValue().asText()));
    assertThat(lookups).hasSize(vector.get("lookup").size());
  }

  @ParameterizedTest
  @MethodSource("dev.osmo.pat.Vectors#malformed")
  void a_published_malformed_text_is_not_a_token(JsonNode vector) {
    assertThat(PatText.parse(vector.get("text").asText())).as(vector.get("why").asText()).isEmpty();
  }

  @Test
  void an_absent_text_is_not_a_token() {
    assertThat(PatText.parse(null)).isEmpty();
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        Arguments.of(Flaw.EMPTY, ""),
        Arguments.of(Flaw.WRONG_PREFIX, "OSMO_" + TOKEN.substring(5)),
        Arguments.of(Flaw.TOO_SHORT, TOKEN.substring(0, 38)),
        Arguments.of(Flaw.TOO_LONG, TOKEN + "0"),
        Arguments.of(Flaw.WRONG_CHARACTER, TOKEN.replace('A', '-')),
        Arguments.of(Flaw.WRONG_CHECKSUM, TOKEN.replace('A', 'B')));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void the_first_flaw_is_named(Flaw flaw, String text) {
    assertThat(PatText.flawOf(text)).contains(flaw);
  }

  @Test
  void changing_any_one_character_makes_the_text_malformed() {
    for (int i = 0; i < TOKEN.length(); i++) {
      char other = TOKEN.charAt(i) == 'x' ? 'y' : 'x';
      String changed = TOKEN.substring(0, i) + other + TOKEN.substring(i + 1);

      assertThat(PatText.parse(changed)).as("character %d", i).isEmpty();
    }
  }

  @Test
  void random_tokens_and_ids_are_well_formed_and_use_the_whole_alphabet() {
    Random seeded = new Random(1);
    StringBuilder all = new StringBuilder();

    for (int i = 0; i < 200; i++) {
      all.append(PatText.random(seeded).text(), 5, 33).append(PatId.random(seeded).value(), 4, 26);
    }

    assertThat(all.chars().distinct().count()).isEqualTo(62);
  }

  @Test
  @Tag("I1")
  void a_malformed_text_is_rejected_without_repeating_it() {
    assertThatThrownBy(() -> new PatText("osmo_nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void a_token_is_found_anywhere_in_a_text() {
    assertThat(PatText.occursIn("export T=x" + TOKEN + "_")).isTrue();
    assertThat(PatText.occursIn("osmo_my-token")).isFalse();
  }

  @Test
  @Tag("I1")
  void no_value_prints_its_secret() {
    PatText token = new PatText(TOKEN);
    Peppers peppers = Peppers.parse(Vectors.pepperFile());
    Lookup lookup = peppers.lookupsOf(token).getFirst();

    assertThat(token).asString().doesNotContain(TOKEN.substring(5));
    assertThat(peppers)
        .asString()
        .contains("p1")
        .doesNotContain("AAEC")
        .doesNotContain("SecretKey");
    assertThat(lookup).asString().doesNotContain(lookup.hex().substring(0, 8));
    assertThat(new Phc("$argon2id$v=19$abc")).asString().doesNotContain("abc");
  }

  @Test
  void an_id_has_one_shape() {
    for (String other :
        List.of(
            "pat_short",
            "pat_0123456789ABCDEFGHIJKL0",
            "PAT_0123456789ABCDEFGHIJKL",
            "pat_0123456789ABCDEFGHIJ-L",
            "pat_0123456789ABCDEFGHIJ\u00e4L")) {
      assertThatThrownBy(() -> new PatId(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new PatId("pat_0123456789ABCDEFGHIJKL")).hasToString("pat_0123456789ABCDEFGHIJKL");
  }

  @Test
  void tokens_are_found_within_a_text_each_once() {
    String one = PatText.random(new Random(7)).text();
    String two = PatText.random(new Random(8)).text();
    String wrong = one.substring(0, PatText.LENGTH - 1) + (one.endsWith("0") ? "1" : "0");

    assertThat(PatText.within("export A='" + one + "'\n" + wrong + " x=" + two + "." + one))
        .extracting(PatText::text)
        .containsExactly(one, two);
    assertThat(PatText.within("nothing osmo_ here")).isEmpty();
  }
}
