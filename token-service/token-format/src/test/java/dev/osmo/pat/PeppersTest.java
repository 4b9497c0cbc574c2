package dev.osmo.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
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
}
