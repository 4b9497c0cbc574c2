package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code osmo auth sessions}. */
interface SessionsCommandContract extends CommandContract {
  String PATH = "/api/auth/user/user@example.com/session";
  String SESSIONS =
      """
      [{"id":"5b1c0c8e-7f5e-4a5e-9a70-3c1f7e1f0001","provider":"corp","client_id":"osmo-cli",
        "created_at":"2026-11-29T08:00:00.123456Z","verified_at":"2026-11-30T09:00:00.5Z",
        "expires_at":"2026-12-29T08:00:00.123456Z","current":true},
       {"id":"5b1c0c8e-7f5e-4a5e-9a70-3c1f7e1f0002","provider":"corp","client_id":"osmo-cli",
        "created_at":"2026-11-20T08:00:00Z","verified_at":"2026-11-21T09:00:00Z",
        "expires_at":"2026-12-20T08:00:00Z","current":false}]
      """;

  @BeforeEach
  default void loggedIn() {
    exchangeAnswers(
        FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"jti\":\"a\",\"sub\":\"user@example.com\"}"));
    assertThat(run("login", url(), "--method=token", "--token=" + token()).code()).isZero();
    server().resetRequests();
  }

  @Test
  default void list_shows_the_own_sessions_and_which_one_is_in_use() {
    everythingAnswers(okJson(SESSIONS));

    assertThat(run("auth", "sessions", "list").out()).isEqualTo(Contracts.golden("sessions-list"));
    sent(getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  default void list_has_the_formats_of_every_list() {
    everythingAnswers(okJson(SESSIONS));

    assertThat(run("auth", "sessions", "list", "-q").out())
        .isEqualTo("5b1c0c8e-7f5e-4a5e-9a70-3c1f7e1f0001\n5b1c0c8e-7f5e-4a5e-9a70-3c1f7e1f0002\n");
    assertThat(run("auth", "sessions", "list", "--wide").out()).contains("Client", "osmo-cli");
    assertThat(Contracts.json(run("auth", "sessions", "list", "-t", "json").out()))
        .isEqualTo(Contracts.json(SESSIONS));
    assertThat(run("auth", "sessions", "list", "--sort-by", "created_at", "-q").out())
        .startsWith("5b1c0c8e-7f5e-4a5e-9a70-3c1f7e1f0002");
  }

  @Test
  default void without_a_session_list_says_so() {
    everythingAnswers(okJson("[]"));

    assertThat(run("auth", "sessions", "list").out()).isEqualTo("No sessions found\n");
    assertThat(run("auth", "sessions", "list", "-t", "json").out()).isEqualTo("[]\n");
  }

  @Test
  default void end_names_the_session() {
    everythingAnswers(okJson("null"));

    CommandResult ran = run("auth", "sessions", "end", "5b1c");

    assertThat(ran).isEqualTo(new CommandResult(0, "Session 5b1c ended\n", ""));
    sent(deleteRequestedFor(urlEqualTo(PATH + "/5b1c")));
    assertThat(Contracts.json(run("auth", "sessions", "end", "5b1c", "-t", "json").out()))
        .isEqualTo(Contracts.json("{\"id\":\"5b1c\",\"ended\":true}"));
  }

  @Test
  default void end_all_says_how_many_there_were() {
    everythingAnswers(okJson("{\"ended\":3}"));

    CommandResult ran = run("auth", "sessions", "end", "--all");

    assertThat(ran).isEqualTo(new CommandResult(0, "Sessions ended: 3\n", ""));
    sent(deleteRequestedFor(urlEqualTo(PATH)));
    assertThat(Contracts.json(run("auth", "sessions", "end", "--all", "-t", "json").out()))
        .isEqualTo(Contracts.json("{\"ended\":3}"));
  }

  @Test
  default void an_administrator_names_the_user() {
    everythingAnswers(okJson("{\"ended\":1}"));
    String other = "/api/auth/user/bob/session";

    assertThat(run("auth", "sessions", "end", "--all", "--user=bob").out())
        .isEqualTo("Sessions of user bob ended: 1\n");
    assertThat(run("auth", "sessions", "end", "5b1c", "--user=bob").out())
        .isEqualTo("Session 5b1c of user bob ended\n");
    everythingAnswers(okJson(SESSIONS));
    run("auth", "sessions", "list", "--user=bob");

    sent(deleteRequestedFor(urlEqualTo(other)));
    sent(deleteRequestedFor(urlEqualTo(other + "/5b1c")));
    sent(getRequestedFor(urlEqualTo(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth sessions end", "auth sessions end 5b1c --all"})
  default void end_needs_one_session_or_all(String command) {
    CommandResult ran = run(command.split(" ", -1));

    assertThat(ran.err()).contains("either one session or --all", "osmo auth sessions list");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_session_that_does_not_exist_is_an_error() {
    everythingAnswers(problem(404, "The session does not exist, or has ended."));

    CommandResult ran = run("auth", "sessions", "end", "5b1c");

    assertThat(ran.err()).contains("The session does not exist, or has ended");
    assertThat(ran.code()).isEqualTo(5);
  }
}
