package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The golden outputs match the user documentation. */
class GoldenOutputsTest {
  private final String page = Contracts.text(Contracts.DOCS.resolve("user/access_tokens.rst"));

  @Test
  void the_created_token_is_printed_as_documented() {
    shown(Contracts.golden("token-set", "token", "osmo_" + "x".repeat(34)));
  }

  @Test
  void the_list_is_printed_as_documented() {
    shown(
        Contracts.golden(
            "token-list", "my_token_expires", "2027-01-01", "ci_token_expires", "2026-12-31"));
  }

  @Test
  void the_roles_are_printed_as_documented() {
    shown(
        Contracts.golden(
            "token-roles",
            "osmo_user_assigned_on",
            "2026-01-15",
            "osmo_ml_team_assigned_on",
            "2026-01-15"));
  }

  /** Compares byte for byte, after adding the indentation of the page. */
  private void shown(String output) {
    assertThat(page).contains(output.replaceAll("(?m)^(?=.)", "   "));
  }
}
