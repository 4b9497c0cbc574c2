package dev.osmo.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectQueryTest {
  private static final Optional<String> ISSUER = Optional.of("https://provider.example.com");

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "state", "state=", "state=%zz", "state=s&state=s", "code=c", "state=S"})
  void a_query_without_exactly_this_state_is_not_ours(String query) {
    assertThat(RedirectQuery.parse(query).has(new RandomText("s"))).isFalse();
  }

  @Test
  void the_state_is_found_among_other_parameters() {
    assertThat(RedirectQuery.parse("code=c&state=s&session_state=x").has(new RandomText("s")))
        .isTrue();
  }

  @Test
  void a_code_without_an_issuer_is_accepted_from_providers_that_name_none() {
    assertThat(RedirectQuery.parse("code=c").code(ISSUER)).isEqualTo("c");
    assertThat(RedirectQuery.parse("code=c&iss=x").code(Optional.empty())).isEqualTo("c");
  }

  @Test
  void an_issuer_that_is_required_must_be_there_also_in_an_error() {
    assertThat(RedirectQuery.parse("code=c&iss=https://provider.example.com").requireIssuer())
        .extracting(query -> query.code(ISSUER))
        .isEqualTo("c");
    for (String query : new String[] {"code=c", "code=c&iss=", "error=access_denied"}) {
      assertThatThrownBy(() -> RedirectQuery.parse(query).requireIssuer())
          .as(query)
          .hasMessageContaining("does not name it");
    }
  }

  @Test
  void an_error_takes_precedence_over_a_code_and_another_issuer_over_both() {
    assertThatThrownBy(() -> RedirectQuery.parse("code=c&error=e").code(ISSUER))
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> RedirectQuery.parse("code=c&error=e&iss=x").code(ISSUER))
        .hasMessageContaining("Another identity provider");
  }

  @Test
  void a_long_description_is_shortened() {
    assertThatThrownBy(
            () -> RedirectQuery.parse("error=e&error_description=" + "x".repeat(1000)).code(ISSUER))
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  @Tag("I1")
  void nothing_prints_a_code_or_a_verifier() {
    RandomText verifier = RandomText.create();

    assertThat(RedirectQuery.parse("code=secret").toString()).doesNotContain("secret");
    assertThat(verifier.toString()).doesNotContain(verifier.text());
  }
}
