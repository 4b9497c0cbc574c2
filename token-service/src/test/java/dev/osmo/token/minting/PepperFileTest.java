package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.token.settings.StartRefused;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PepperFileTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("marks 0 lines", List.of("p1 " + KEY)),
        Arguments.of("marks 0 lines", List.of()),
        Arguments.of("marks 2 lines", List.of("* p1 " + KEY, "* p2 " + KEY)),
        Arguments.of("has the id p1 twice", List.of("* p1 " + KEY, "p1 " + KEY)),
        Arguments.of("malformed at line 2", List.of("* p1 " + KEY, "p2 c2hvcnQ=")),
        Arguments.of("malformed at line 1", List.of("*p1 " + KEY)),
        Arguments.of("malformed at line 1", List.of("* p1  " + KEY)),
        Arguments.of("malformed at line 1", List.of("* p1 " + KEY + " more")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void an_unusable_file_is_refused_with_a_sentence_that_repeats_no_pepper(
      String why, List<String> lines) {
    assertThatThrownBy(() -> PepperFile.parse("peppers", lines))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain(KEY);
  }

  @Test
  void comments_and_blank_lines_are_skipped_and_the_marked_one_mints() {
    Peppers peppers =
        PepperFile.parse("peppers", List.of("# ours", "", "old " + KEY, "* new " + KEY, "  "));

    assertThat(peppers.minting().id()).isEqualTo("new");
    assertThat(peppers.missing(Set.of("old", "new", "gone"))).containsExactly("gone");
  }

  @Test
  void a_missing_file_is_refused_with_a_sentence() {
    assertThatThrownBy(() -> PepperFile.read(Path.of("no", "such", "file")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be read");
  }
}
