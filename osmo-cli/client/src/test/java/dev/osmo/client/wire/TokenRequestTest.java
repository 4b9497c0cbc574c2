package dev.osmo.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRequestTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  @Test
  void the_parameters_are_encoded() {
    TokenRequest request =
        new TokenRequest(
            SubjectToken.workload("a&b=c", "me@example.com/my token"),
            Optional.of("https://reports.example.com"),
            List.of("osmo-user", "osmo:ä"));

    assertThat(request.form())
        .isEqualTo(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"
                + "&subject_token=a%26b%3Dc&osmo_pat=me%40example.com%2Fmy+token"
                + "&audience=https%3A%2F%2Freports.example.com&scope=osmo-user+osmo%3A%C3%A4");
  }

  @Test
  void without_wishes_neither_audience_nor_scope_is_sent() {
    assertThat(new TokenRequest(SubjectToken.accessToken("t"), Optional.empty(), List.of()).form())
        .endsWith("&subject_token=t")
        .doesNotContain("audience", "scope");
  }

  @Test
  void no_text_for_people_contains_the_token() {
    SubjectToken token = SubjectToken.accessToken("osmo_secret");

    assertThat(new TokenRequest(token, Optional.empty(), List.of()).toString() + token)
        .doesNotContain("osmo_secret");
    assertThat(token.text()).isEqualTo("osmo_secret");
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0, true",
    "300, 289, true",
    "300, 290, false",
    "10, 8, true",
    "10, 9, false",
    "300, -5, true",
    "300, -6, false",
    "0, 0, false",
    "-1, 0, false",
  })
  void a_jwt_is_renewed_before_it_expires(long length, long age, boolean fresh) {
    Lifetime lifetime = new Lifetime(NOW, Duration.ofSeconds(length));

    assertThat(lifetime.isFresh(NOW.plusSeconds(age))).isEqualTo(fresh);
  }

  @Test
  void a_lifetime_of_years_is_a_day() {
    assertThat(new Lifetime(NOW, Duration.ofSeconds(Long.MAX_VALUE)).expiresAt())
        .isEqualTo(NOW.plusSeconds(86_400));
  }
}
