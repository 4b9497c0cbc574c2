package dev.osmo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I1")
class MaskedTest {
  private static final String TOKEN = "osmo_" + "x".repeat(34);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "\"%s\"",
        "a%sb",
        "?token=%s&x",
        "%1$s%1$s",
        "%1$s_%1$s",
        "osmo_%s",
        "x.%s.y"
      })
  void every_token_is_masked(String around) {
    assertThat(Masked.text(around.formatted(TOKEN))).contains("osmo_***").doesNotContain("xxxxxx");
  }

  @Test
  void a_refresh_token_is_masked() {
    assertThat(Masked.text("{\"refresh_token\":\"osmo_rt_Ab-_9cdefgh\"}"))
        .isEqualTo("{\"refresh_token\":\"osmo_rt_***\"}");
  }

  /** The start of a JWT depends on the format of its JSON header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"ES256\"}",
        "{ \"alg\" : \"ES256\" }",
        "\n{\"alg\":\"ES256\"}",
        "{\n\"alg\":\"ES256\"}"
      })
  void every_jwt_is_masked_whatever_the_format_of_its_header(String header) {
    String claims = part("{\"sub\":\"somebody\",\"exp\":1}");
    String signature = part("a signature of some length");
    String jwt = part(header) + "." + claims + "." + signature;

    assertThat(Masked.text("{\"token\":\"" + jwt + "\"}"))
        .startsWith("{\"token\":\"")
        .endsWith("\"}")
        .doesNotContain(part(header), claims, signature);
  }

  @ParameterizedTest
  @CsvSource({
    "https://osmo.example.com:8443/api/auth/access_token",
    "the role osmo-admin of osmo_user",
    "/run/secrets/osmo_api_token",
    "osmo_service_account and osmo_configuration_file in osmo_dev_2026",
    "a-host.with-four.short-parts.example"
  })
  void other_text_is_unchanged(String text) {
    assertThat(Masked.text(text)).isEqualTo(text);
  }

  /** Only a prefix of a token that is too short to be useful looks like an ordinary name. */
  @ParameterizedTest
  @ValueSource(strings = {"aB3dE6", "abcdef7", "Zabcdef", "abcdefghijklmnop", "0123456789"})
  void a_truncated_token_is_masked(String head) {
    assertThat(Masked.text("osmo_" + head)).isEqualTo("osmo_***");
    assertThat(Masked.text("osmo_" + head + "_x, a_osmo_" + head))
        .isEqualTo("osmo_***_x, a_osmo_***");
  }

  @Test
  void the_surrounding_text_is_unchanged() {
    assertThat(Masked.text("Bearer " + TOKEN + ", or eyJh.eyJi.c"))
        .isEqualTo("Bearer osmo_***, or eyJ***");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
