package dev.osmo.cli.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarWordTest {
  private static final List<String> KNOWN = List.of("token", "user", "admin", "--json", "--wide");

  @ParameterizedTest
  @CsvSource({
    "tokn, token",
    "toekn, token",
    "tokens, token",
    "Token, token",
    "tok, token",
    "usr, user",
    "--jsn, --json",
    "--wied, --wide"
  })
  void a_slip_of_the_finger_is_understood(String typed, String meant) {
    assertThat(SimilarWord.to(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"zebra", "to", "x", "--", "administration"})
  void nothing_is_guessed_wildly(String typed) {
    assertThat(SimilarWord.to(typed, KNOWN)).isEqualTo(Optional.empty());
  }

  @Test
  void an_empty_word_is_like_none() {
    assertThat(SimilarWord.to("", KNOWN)).isEmpty();
  }
}
