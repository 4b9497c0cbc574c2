package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.REVOKE;
import static dev.osmo.cli.SignInServer.TOKEN;
import static dev.osmo.cli.SignInServer.notRefreshed;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session that a sign-in starts: renewed, described and ended. */
interface SignedInCommandContract extends SignInScene {
  String LIST = "/api/auth/access_token";

  @Test
  default void an_expired_jwt_is_refreshed_and_the_new_refresh_token_saved() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    letTheJwtGetOld();
    tokensAre("refresh-2", "second");
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(okJson("[]")));

    assertThat(run("token", "list").code()).isZero();
    assertThat(run("token", "list").code()).isZero();

    assertThat(formOf(postRequestedFor(urlPathEqualTo(TOKEN))))
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("client_id", "browser-client")
        .containsEntry("refresh_token", "refresh-1");
    assertThat(Files.readString(credentials())).contains("refresh-2").doesNotContain("refresh-1");
  }

  /** A broken connection may have used it up, so nothing is sent twice. */
  @Test
  default void a_refresh_is_not_repeated_after_a_broken_connection() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    letTheJwtGetOld();
    provider().tokenEndpoint(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("token", "list").code()).isEqualTo(10);
    server().verify(1, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  @ParameterizedTest
  @CsvSource({
    "session-ended, token list",
    "sign-in-again, token list",
    "session-ended, auth token --roles=osmo-user"
  })
  @Tag("I3")
  default void a_session_that_has_ended_says_how_to_sign_in_again(String problem, String command)
      throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(problem(401, "The login is not valid")));
    provider().tokenEndpoint(notRefreshed(problem, "It is over. Sign in again"));

    CommandResult first = run(command.split(" ", -1));
    CommandResult second = run("auth", "whoami");

    assertThat(List.of(first, second))
        .containsOnly(
            new CommandResult(
                4,
                "",
                "Error: Your sign-in has ended (It is over). Sign in again: osmo login "
                    + url()
                    + "\n"));
    refreshed(1);
    CommandResult again = signIn("refresh-2", "second");
    assertThat(again.code()).isZero();
    assertThat(Files.readString(credentials())).doesNotContain("It is over");
  }

  /** As for a clock that differs, or another key file: the session is not forgotten for it. */
  @ParameterizedTest
  @ValueSource(strings = {"id-token-invalid", "refresh-token-invalid", "a-new-one", ""})
  default void a_refusal_that_may_pass_does_not_end_the_session(String problem) throws Exception {
    signIn("refresh-1", "first");
    letTheJwtGetOld();
    provider().tokenEndpoint(notRefreshed(problem, "Not now"));

    CommandResult refused = run("token", "list");
    tokensAre("refresh-2", "second");
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(okJson("[]")));

    assertThat(refused)
        .isEqualTo(
            new CommandResult(
                4,
                "",
                "Error: Your sign-in cannot be renewed (Not now). If this continues, sign in again:"
                    + " osmo login "
                    + url()
                    + "\n"));
    assertThat(run("token", "list").code()).isZero();
    refreshed(2);
  }

  @Test
  default void a_person_who_lost_all_roles_is_told_to_ask_for_one_and_stays_signed_in()
      throws Exception {
    signIn("refresh-1", "first");
    provider()
        .tokenEndpoint(
            notRefreshed(
                "no-roles-left", "You have no roles here. Ask an administrator for a role"));
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(okJson("[]")));

    CommandResult narrow = run("auth", "token", "--audience=sample-api");
    CommandResult whole = run("token", "list");
    tokensAre("refresh-2", "second");

    assertThat(List.of(narrow, whole))
        .containsOnly(
            new CommandResult(
                4, "", "Error: You have no roles here. Ask an administrator for a role.\n"));
    assertThat(run("token", "list").code()).isZero();
    refreshed(3);
  }

  private void refreshed(int times) {
    server()
        .verify(
            times,
            postRequestedFor(urlPathEqualTo(TOKEN))
                .withRequestBody(containing("grant_type=refresh_token")));
  }

  @Test
  default void a_jwt_with_fewer_rights_keeps_the_one_of_the_context() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    tokensAre("refresh-2", "narrow");

    CommandResult ran = run("auth", "token", "--audience", "sample-api");

    assertThat(ran.code()).isZero();
    assertThat(formOf(postRequestedFor(urlPathEqualTo(TOKEN))))
        .containsEntry("refresh_token", "refresh-1")
        .containsEntry("audience", "sample-api");
    assertThat(Files.readString(credentials()))
        .contains("refresh-2")
        .doesNotContain("refresh-1")
        .doesNotContain(ran.out().strip());
  }

  @Test
  default void status_and_context_name_the_provider() throws Exception {
    signIn("refresh-1", "first");
    server()
        .stubFor(
            get(urlPathEqualTo("/api/profile/settings"))
                .willReturn(
                    okJson(
                        "{\"profile\":{\"username\":\"user@example.com\"},"
                            + "\"roles\":[\"osmo-user\"],\"token\":null,\"session\":{\"id\":\"session-1\","
                            + "\"expires_at\":\"2026-12-30T09:00:00.123456Z\"}}")));

    CommandResult status = run("auth", "status");

    assertThat(status.out())
        .contains("User: user@example.com\nSigned in with: dev\nSigned in at (UTC): 2")
        .contains(
            "\nSession ends at (UTC): 2026-12-30T09:00:00Z\nProvider checks again at (UTC): 2")
        .contains("Roles: osmo-user")
        .doesNotContain("Token");
    assertThat(run("auth", "status", "-t", "json").out())
        .contains(
            "\"provider\": \"dev\"",
            "\"session_id\": \"session-1\"",
            "\"session_expires_at\": \"2026-12-30T09:00:00Z\"",
            "\"next_check_at\": \"2");
    assertThat(run("context", "show").out()).contains("Signed in with: dev\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "rotate", "delete", "explain"})
  default void a_session_has_no_token_of_its_own(String verb) throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();

    CommandResult ran = run("token", verb, "self");

    assertThat(ran.err())
        .isEqualTo(
            "Error: You are signed in with dev, not with an access token. Name the token: osmo"
                + " token list\n");
    assertThat(ran.code()).isEqualTo(5);
    nothingWasSent();
  }

  @Test
  default void logout_ends_the_session_at_the_server() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    CommandResult ran = run("logout");

    assertThat(ran).isEqualTo(new CommandResult(0, "Successfully logged out.\n", ""));
    assertThat(formOf(postRequestedFor(urlPathEqualTo(REVOKE))))
        .containsEntry("token", "refresh-1");
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logout", "logout --all", "context delete default"})
  default void a_context_is_deleted_also_if_the_server_cannot_end_the_session(String command)
      throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(problem(500, "It is broken")));

    CommandResult ran = run(command.split(" ", -1));

    assertThat(ran.err()).contains("Warning: The session at " + url(), "It is broken");
    assertThat(ran.code()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void logout_with_revoke_keeps_the_context_if_the_session_continues() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(problem(500, "It is broken")));

    CommandResult failed = run("logout", "--revoke");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    assertThat(failed.err()).contains("Context default is unchanged");
    assertThat(failed.code()).isEqualTo(10);
    assertThat(Files.readString(credentials())).contains("refresh-1");
    assertThat(run("logout", "--revoke"))
        .isEqualTo(new CommandResult(0, "The session has ended.\nSuccessfully logged out.\n", ""));
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void another_login_ends_the_session_that_it_replaces() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    replaceWithToken();

    assertThat(formOf(postRequestedFor(urlPathEqualTo(REVOKE))))
        .containsEntry("token", "refresh-1");
    assertThat(Files.readString(credentials())).contains("\"version\": 2").contains(token());
  }

  private void replaceWithToken() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));
    assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
  }
}
