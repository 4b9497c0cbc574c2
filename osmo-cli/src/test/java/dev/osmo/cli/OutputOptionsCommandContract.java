package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.cli.screen.Colors;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Options that shape what is printed. */
interface OutputOptionsCommandContract extends CommandContract {
  String ONE_TOKEN =
      """
      [{"id":"pat_1","user_name":"me","token_name":"ci","expires_at":"2026-12-31T00:00:00","description":"",
        "roles":["a","b"],"created_at":"2026-11-02T10:00:00Z","state":"Active"}]
      """;

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  @Tag("I1")
  default void quiet_prints_the_secret_alone() {
    everythingAnswers(okJson("\"" + token() + "\""));

    assertThat(run("token", "set", "ci", "-q", "-r", "a"))
        .isEqualTo(new Ran(0, token() + "\n", ""));
  }

  @Test
  default void wide_shows_more_columns() {
    everythingAnswers(okJson(ONE_TOKEN));

    assertThat(run("token", "list", "--wide").out()).isEqualTo(Contracts.golden("token-list-wide"));
    assertThat(run("token", "list").out()).doesNotContain("pat_1");
  }

  @Test
  default void json_with_fields_keeps_these_members_in_their_order() {
    everythingAnswers(okJson(ONE_TOKEN));

    Ran ran = run("token", "list", "--json", "state,token_name,nonsense");

    assertThat(ran.out())
        .isEqualTo(
            """
            [
              {
                "state": "Active",
                "token_name": "ci",
                "nonsense": null
              }
            ]
            """);
  }

  @Test
  default void colours_are_for_terminals_that_can_and_people_who_want() {
    Optional<String> none = Optional.empty();
    Optional<String> xterm = Optional.of("xterm");

    assertThat(Colors.of(true, none, xterm)).isEqualTo(Ansi.ON);
    assertThat(Colors.of(false, none, xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.of(true, Optional.of("1"), xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.of(true, none, Optional.of("dumb"))).isEqualTo(Ansi.OFF);
  }

  @Test
  default void help_into_a_pipe_has_no_colours() {
    assertThat(run("token", "--help", "--no-color").out()).startsWith("Usage: osmo token");
    assertThat(run("token", "--help").out()).doesNotContain("\u001b");
  }
}
