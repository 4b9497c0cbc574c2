package dev.osmo.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefreshTokenTextTest {

  private static final String TOKEN = "osmo_rt_" + "AZ-_09az".repeat(25);

  @Test
  void refresh_tokens_are_found_within_a_text_each_once() {
    String other = TOKEN.replace('A', 'B');

    assertThat(RefreshTokenText.within("a=" + TOKEN + "\n" + other + " '" + TOKEN + "'"))
        .extracting(RefreshTokenText::text)
        .containsExactly(TOKEN, other);
    assertThat(RefreshTokenText.within("osmo_rt_AAAA osmo_rt_… osmo_rt_")).isEmpty();
  }

  @Test
  void a_text_with_a_credential_of_either_kind_is_recognized() {
    assertThat(TokenText.occursIn("export T=" + TOKEN)).isTrue();
    assertThat(TokenText.occursIn("export T=" + PatText.random(new Random(7)).text())).isTrue();
    assertThat(TokenText.occursIn("osmo_rt_AAAA osmo_my-token")).isFalse();
  }

  @Test
  @Tag("I1")
  void no_value_and_no_refusal_prints_its_secret() {
    assertThat(new RefreshTokenText(TOKEN)).hasToString("osmo_rt_***");
    assertThatThrownBy(() -> new RefreshTokenText("osmo_rt_secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
