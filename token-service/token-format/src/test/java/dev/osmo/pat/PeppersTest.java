package dev.osmo.pat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeppersTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("marks 0 lines", List.of("p1 " + KEY)),
        Arguments.of("marks 0 lines", List.of()),
        Arguments.of("marks 2 lines", List.of("* p1 " + KEY, "* p2 " + KEY)),
        Arguments.of("repeats the id 'p1' at line 2", List.of("* p1 " + KEY, "p1 " + KEY)),
        Arguments.of("malformed at line 1", List.of("* p1")),
        Arguments.of("malformed at line 2", List.of("* p1 " + KEY, "p2 c2hvcnQ=")),
        Arguments.of("malformed at line 1", List.of("*p1 " + KEY)),
        Arguments.of("malformed at line 1", List.of("* p1  " + KEY)),
        Arguments.of("malformed at line 1", List.of("* p1 " + KEY.replace('=', '!'))),
        Arguments.of("malformed at line 1", List.of("* p1 " + KEY + " more")));
  }

  @ParameterizedTest(name = "{0}")
  @Tag("I9")
  @MethodSource("malformed")
  void a_malformed_file_is_rejected_without_repeating_a_key(String why, List<String> lines) {
    assertThatThrownBy(() -> Peppers.parse(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(KEY.substring(0, 20));
  }

  @Test
  void comments_and_blank_lines_are_ignored_and_the_marked_pepper_mints() {
    Peppers peppers = Peppers.parse(List.of("# ours", "", "old " + KEY, "* new " + KEY, "  "));

    assertThat(peppers.minting().id()).isEqualTo("new");
    assertThat(peppers.all()).extracting(Pepper::id).containsExactly("old", "new");
    assertThat(peppers.missing(Set.of("old", "new", "absent"))).containsExactly("absent");
  }

  /** Computed with Python's hmac. A change of the text would refuse every pepper of a database. */
  @Test
  void the_check_value_is_the_hmac_of_a_fixed_text() {
    byte[] key = new byte[32];
    for (byte i = 0; i < key.length; i++) {
      key[i] = i;
    }

    assertThat(Pepper.of("p1", key).checkValue())
        .isEqualTo("34af9326fd38829e0e4cd5abd6c7c38ae68a150758c8d1940e650d786d00b0b2")
        .isEqualTo(Pepper.of("p2", key).checkValue());
  }

  @Test
  @Tag("I9")
  void a_pepper_that_the_database_does_not_know_is_new_and_another_one_is_differing() {
    Peppers peppers =
        Peppers.parse(List.of("same " + KEY, "* other " + KEY, "b " + KEY, "a " + KEY));
    String checkValue = peppers.minting().checkValue();
    String another =
        Pepper.of("other", "another pepper with 32 bytes ...".getBytes(US_ASCII)).checkValue();
    Map<String, String> recorded = Map.of("same", checkValue, "other", another, "retired", another);

    assertThat(peppers.differing(recorded)).containsExactly("other");
    assertThat(peppers.unrecorded(recorded.keySet()))
        .extracting(Pepper::id)
        .containsExactly("a", "b");
    assertThat(peppers.differing(Map.of("same", ""))).containsExactly("same");
  }
}
