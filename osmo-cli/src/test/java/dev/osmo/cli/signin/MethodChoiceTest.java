package dev.osmo.cli.signin;

import static dev.osmo.cli.signin.SignInMethod.CODE;
import static dev.osmo.cli.signin.SignInMethod.PKCE;
import static dev.osmo.cli.signin.SignInMethod.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MethodChoiceTest {
  private static final MethodChoice AT_A_DESKTOP = new MethodChoice(Optional.empty(), true, false);
  private static final MethodChoice WITHOUT_DISPLAY =
      new MethodChoice(Optional.empty(), false, false);
  private static final MethodChoice WITHOUT_BROWSER =
      new MethodChoice(Optional.empty(), false, true);

  @Test
  void a_browser_is_preferred_where_one_can_be_opened() {
    assertThat(AT_A_DESKTOP.of(Set.of(PKCE, CODE, TOKEN))).isEqualTo(PKCE);
    assertThat(AT_A_DESKTOP.of(Set.of(CODE, TOKEN))).isEqualTo(CODE);
  }

  @Test
  void a_code_is_used_where_none_can_be_opened() {
    assertThat(WITHOUT_DISPLAY.of(Set.of(PKCE, CODE, TOKEN))).isEqualTo(CODE);
    assertThat(WITHOUT_BROWSER.of(Set.of(PKCE, CODE, TOKEN))).isEqualTo(CODE);
  }

  @Test
  void a_server_with_access_tokens_only_gets_one() {
    assertThat(AT_A_DESKTOP.of(Set.of(TOKEN))).isEqualTo(TOKEN);
    assertThat(WITHOUT_DISPLAY.of(Set.of(TOKEN))).isEqualTo(TOKEN);
  }

  @Test
  void a_browser_that_is_needed_and_missing_is_reported_unless_the_user_opens_the_page() {
    assertThatThrownBy(() -> WITHOUT_DISPLAY.of(Set.of(PKCE, TOKEN)))
        .hasMessageContaining("No browser");
    assertThat(WITHOUT_BROWSER.of(Set.of(PKCE, TOKEN))).isEqualTo(PKCE);
  }

  @Test
  void a_requested_method_is_used_or_refused() {
    MethodChoice code = new MethodChoice(Optional.of(CODE), true, false);

    assertThat(code.of(Set.of(PKCE, CODE, TOKEN))).isEqualTo(CODE);
    assertThatThrownBy(() -> code.of(Set.of(PKCE, TOKEN))).hasMessageContaining("code");
  }
}
