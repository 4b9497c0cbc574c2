package dev.osmo.exchange.pat.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.exchange.settings.CannotStart;
import dev.osmo.exchange.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeppersTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("tokens")
  void a_token_has_the_lookups_of_the_contract(JsonNode vector) throws IOException {
    Peppers peppers = Peppers.read(file(Vectors.pepperFile()));

    List<Lookup> lookups = peppers.lookupsOf(new PresentedPat(vector.get("text").asText()));

    assertThat(lookups)
        .containsExactly(lookup(vector.at("/lookup/p1")), lookup(vector.at("/lookup/p2")));
  }

  @ParameterizedTest
  @Tag("I9")
  @MethodSource("badFiles")
  void a_bad_file_ends_the_start_with_the_reason(List<String> lines, String why)
      throws IOException {
    Path file = file(lines);

    assertThatThrownBy(() -> Peppers.read(file))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining(KEY);
  }

  @Test
  void a_missing_file_ends_the_start_with_the_reason() {
    assertThatThrownBy(() -> Peppers.read(folder.resolve("nothing")))
        .isInstanceOf(CannotStart.class)
        .hasMessageEndingWith("does not exist.");
  }

  @Test
  void peppers_do_not_print_their_keys() throws IOException {
    assertThat(Peppers.read(file(List.of("* p1 " + KEY))))
        .asString()
        .contains("p1")
        .doesNotContain(KEY)
        .doesNotContain("SecretKeySpec");
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(List.of(), "exactly one line"),
        Arguments.of(List.of("p1 " + KEY), "exactly one line"),
        Arguments.of(List.of("* p1 " + KEY, "* p2 " + KEY), "exactly one line"),
        Arguments.of(List.of("* p1 " + KEY, "p1 " + KEY), "twice"),
        Arguments.of(List.of("* p1"), "not '[*] id base64'"),
        Arguments.of(List.of("* p1 " + KEY + " more"), "not '[*] id base64'"),
        Arguments.of(List.of("* p1 AAAA"), "32 bytes"),
        Arguments.of(List.of("* p1 " + KEY.replace('=', '!')), "32 bytes"));
  }

  static Stream<JsonNode> tokens() {
    return StreamSupport.stream(Vectors.tokens().get("tokens").spliterator(), false);
  }

  private Path file(List<String> lines) throws IOException {
    return Files.write(folder.resolve("pepper"), lines);
  }

  private static Lookup lookup(JsonNode hex) {
    return Lookup.of(HexFormat.of().parseHex(hex.asText()));
  }
}
