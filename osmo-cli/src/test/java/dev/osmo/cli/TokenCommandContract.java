package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface TokenCommandContract extends CommandContract {
  String TWO_TOKENS =
      """
      [{"user_name":"user@example.com","token_name":"ci-token","expires_at":"2026-12-31T00:00:00",
        "description":"CI/CD pipeline","roles":["osmo-user"],"created_at":"2026-11-02T10:00:00.5Z","state":"Active"},
       {"user_name":"user@example.com","token_name":"my-token","expires_at":"2027-01-01T00:00:00",
        "description":"My automation token","roles":["osmo-user"],"created_at":"2026-11-01T10:00:00Z","state":"Active"}]
      """;

  String TWO_ROLES =
      """
      {"user_name":"user@example.com","token_name":"my-token","roles":[
        {"role_name":"osmo-ml-team","assigned_by":"admin@example.com","assigned_at":"2026-01-15T08:00:00.000002Z"},
        {"role_name":"osmo-user","assigned_by":"admin@example.com","assigned_at":"2026-01-15T08:00:00.000001Z"}]}
      """;

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  default void set_prints_the_token_once_as_documented() {
    String jwt = logIn();
    everythingAnswers(okJson("\"" + token() + "\""));

    CommandResult ran =
        run(
            "token",
            "set",
            "my-token",
            "--expires-at",
            "2027-01-01",
            "--description",
            "My automation token");

    assertThat(ran.out()).isEqualTo(Contracts.golden("token-set", "token", token()));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    sent(
        postRequestedFor(
                urlEqualTo(
                    "/api/auth/access_token/my-token?expires_at=2027-01-01&description=My+automation+token"))
            .withHeader("Authorization", equalTo("Bearer " + jwt))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Content-Length", equalTo("0"))
            .withRequestBody(absent()));
  }

  @Test
  @Tag("I1")
  default void set_stores_the_new_token_nowhere() throws IOException {
    String created = Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
    everythingAnswers(okJson("\"" + created + "\""));

    run("token", "set", "my-token");

    assertThat(Files.readString(credentials())).doesNotContain(created);
  }

  @Test
  default void set_leaves_the_default_expiry_to_the_server() {
    everythingAnswers(okJson("\"" + token() + "\""));

    run("token", "set", "my-token");

    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/my-token")));
  }

  @Test
  default void set_takes_several_roles_in_one_or_several_options() {
    everythingAnswers(okJson("\"" + token() + "\""));

    CommandResult ran = run("token", "set", "my-token", "-r", "a", "b", "--roles", "c");

    assertThat(ran.out()).endsWith("Roles: a, b, c\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/my-token?roles=a&roles=b&roles=c")));
  }

  @Test
  default void set_for_another_user_uses_the_administrator_route() {
    everythingAnswers(okJson("\"" + token() + "\""));

    CommandResult ran = run("token", "set", "ci", "--user", "user@example.com");

    assertThat(ran.out()).endsWith("Created for user: user@example.com\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/user/user@example.com/access_token/ci")));
  }

  @Test
  default void set_as_json_is_one_line() {
    everythingAnswers(okJson("\"" + token() + "\""));

    CommandResult ran = run("token", "set", "my-token", "-t", "json");

    assertThat(ran.out()).isEqualTo("{\"token\": \"" + token() + "\"}\n");
  }

  @Test
  default void set_sends_the_lifetime_and_the_renewal_limit() {
    everythingAnswers(okJson("\"" + token() + "\""));

    run("token", "set", "my-token", "--expires-in", "90d", "--renewable-until", "2027-06-01");
    run("token", "set", "other", "-e", "2027-01-01T12:00:00+02:00");

    sent(
        postRequestedFor(
            urlEqualTo(
                "/api/auth/access_token/my-token?expires_in=90d&renewable_until=2027-06-01")));
    sent(
        postRequestedFor(
            urlEqualTo("/api/auth/access_token/other?expires_at=2027-01-01T12%3A00%2B02%3A00")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"90", "d", "3 d", "forever", "P"})
  default void set_refuses_an_invalid_duration(String duration) {
    CommandResult ran = run("token", "set", "my-token", "--expires-in=" + duration);

    assertThat(ran.err()).contains("Invalid duration: " + duration);
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_lost_response_creates_no_second_token() {
    server()
        .stubFor(
            post(urlEqualTo("/api/auth/access_token/my-token"))
                .inScenario("lost")
                .willSetStateTo("created")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    server()
        .stubFor(
            post(urlEqualTo("/api/auth/access_token/my-token"))
                .inScenario("lost")
                .whenScenarioStateIs("created")
                .willReturn(problem(409, "Created already. For a new text: osmo token rotate x")));

    CommandResult ran = run("token", "set", "my-token");

    assertThat(ran.err()).startsWith("Error: Created already. For a new text: osmo token rotate x");
    assertThat(ran.code()).isEqualTo(6);
    assertThat(
            server()
                .findAll(postRequestedFor(urlEqualTo("/api/auth/access_token/my-token")))
                .stream()
                .map(request -> request.getHeader("Idempotency-Key"))
                .distinct())
        .hasSize(1)
        .doesNotContainNull();
  }

  @Test
  default void set_sends_the_given_idempotency_key_or_a_random_one() {
    everythingAnswers(okJson("\"" + token() + "\""));

    run("token", "set", "a", "--idempotency-key=build-7");
    run("token", "set", "b");
    run("token", "set", "b");

    sent(
        postRequestedFor(urlEqualTo("/api/auth/access_token/a"))
            .withHeader("Idempotency-Key", equalTo("build-7")));
    assertThat(
            server().findAll(postRequestedFor(urlEqualTo("/api/auth/access_token/b"))).stream()
                .map(request -> request.getHeader("Idempotency-Key"))
                .distinct())
        .hasSize(2);
    assertThat(run("token", "set", "a", "--idempotency-key=a b").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1st", "a-", "-a", "a b", "a/b", "..", "ä", ""})
  default void set_refuses_an_invalid_name(String name) {
    CommandResult ran = run("token", "set", "--", name);

    assertThat(ran.err()).contains("must match regex");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tomorrow", "2027-02-30", "2027-1-1", "01.01.2027", "2027-01-01T00:00:00"})
  default void set_refuses_an_invalid_date(String date) {
    CommandResult ran = run("token", "set", "my-token", "-e", date);

    assertThat(ran.err()).contains("Invalid date format: " + date);
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void list_prints_the_documented_table_in_order_of_creation() {
    everythingAnswers(okJson(TWO_TOKENS));

    CommandResult ran = run("token", "list");

    assertThat(ran.out())
        .isEqualTo(
            Contracts.golden(
                "token-list", "my_token_expires", "2027-01-01", "ci_token_expires", "2026-12-31"));
    assertThat(ran.code()).isZero();
    sent(getRequestedFor(urlEqualTo("/api/auth/access_token")));
  }

  @Test
  default void list_shows_the_state_from_the_server() {
    everythingAnswers(
        okJson(
            """
            [{"token_name":"a","description":"","expires_at":"2999-01-01T00:00:00","state":"Suspended"}]
            """));

    assertThat(run("token", "list").out())
        .contains("| a             |                         | Suspended | 2999-01-01       |");
  }

  @Test
  default void list_never_truncates_a_cell() {
    String description = "long ".repeat(40).strip();
    everythingAnswers(okJson("[{\"token_name\":\"a\",\"description\":\"" + description + "\"}]"));

    assertThat(run("token", "list").out()).contains("| " + description + " |");
  }

  @Test
  default void list_as_json_is_what_the_server_sent() {
    everythingAnswers(okJson("[{\"token_name\":\"ä\",\"roles\":[\"r\"],\"x\":[]}]"));

    assertThat(run("token", "list", "--format-type=json").out())
        .isEqualTo(
            """
            [
              {
                "token_name": "\\u00e4",
                "roles": [
                  "r"
                ],
                "x": []
              }
            ]
            """);
  }

  @Test
  default void an_empty_list_is_a_sentence_or_empty_json() {
    everythingAnswers(okJson("[]"));

    assertThat(run("token", "list").out()).isEqualTo(Contracts.golden("token-list-empty"));
    assertThat(run("token", "list", "-u", "bob").out()).isEqualTo("No tokens found for user bob\n");
    assertThat(run("token", "list", "-t", "json").out()).isEqualTo("[]\n");
  }

  @Test
  default void list_of_another_user_names_the_user() {
    everythingAnswers(okJson(TWO_TOKENS));

    CommandResult ran = run("token", "list", "-u", "user@example.com");

    assertThat(ran.out()).startsWith("Tokens for user: user@example.com\n\n+----");
    sent(getRequestedFor(urlEqualTo("/api/auth/user/user@example.com/access_token")));
  }

  @Test
  default void list_sends_its_filters() {
    everythingAnswers(okJson("[]"));

    run("token", "list", "--state", "active", "Suspended", "--unused-for=30d");
    run("token", "list", "-u", "bob", "--expires-before=2027-01-01", "--created-after=2026-01-01");

    sent(
        getRequestedFor(
            urlEqualTo("/api/auth/access_token?state=active&state=suspended&unused_for=30d")));
    sent(
        getRequestedFor(
            urlEqualTo(
                "/api/auth/user/bob/access_token?expires_before=2027-01-01&created_after=2026-01-01")));
    assertThat(run("token", "list", "--state=sleepy").code()).isEqualTo(2);
  }

  @Test
  default void list_of_all_users_follows_the_pages_and_names_the_owners() {
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/tokens?owner=bob&limit=1000"))
                .willReturn(
                    okJson("[{\"user_name\":\"bob\",\"token_name\":\"a\",\"id\":\"pat_a\"}]")
                        .withHeader(
                            "Link", "</api/auth/tokens?limit=1000&cursor=x%3D>; rel=\"next\"")));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/tokens?limit=1000&cursor=x%3D"))
                .willReturn(
                    okJson("[{\"user_name\":\"ann\",\"token_name\":\"b\",\"id\":\"pat_b\"}]")));

    String out = run("token", "list", "--owner", "bob").out();

    assertThat(out).contains("| bob   | a    ").contains("| ann   | b    ");
    assertThat(run("token", "list", "--owner=bob", "-q").out()).isEqualTo("pat_a\npat_b\n");
    assertThat(run("token", "list", "--owner=bob", "--json=token_name").out())
        .containsSubsequence("\"a\"", "\"b\"");
  }

  @Test
  default void all_users_excludes_user_and_owner() {
    everythingAnswers(okJson("[]"));

    assertThat(run("token", "list", "--all-users").out()).isEqualTo("No tokens found\n");
    sent(getRequestedFor(urlEqualTo("/api/auth/tokens?limit=1000")));
    assertThat(run("token", "list", "--all-users", "-u", "bob").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</api/auth/access_token?cursor=1>; rel=\"next\"",
        "</elsewhere?cursor=1>; rel=next",
        "<http://elsewhere.example.com/>; rel=\"next\"",
        "</api/auth/access_token>; rel=\"prev\"",
        "<nonsense"
      })
  default void a_server_cannot_page_in_circles_or_to_another_address(String link) {
    everythingAnswers(okJson("[{\"token_name\":\"a\"}]").withHeader("Link", link));

    assertThat(run("token", "list", "-q").code()).isZero();
    assertThat(server().getAllServeEvents()).hasSizeLessThan(3);
  }

  @Test
  default void quiet_lists_only_names() {
    everythingAnswers(okJson(TWO_TOKENS));

    assertThat(run("token", "list", "-q").out()).isEqualTo("my-token\nci-token\n");
  }

  @Test
  default void roles_of_another_users_token_are_for_administrators() {
    everythingAnswers(okJson("{}"));

    run("token", "roles", "ci", "-u", "bob");

    sent(getRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/ci/roles")));
  }

  @Test
  default void a_hostile_server_cannot_control_the_terminal() {
    everythingAnswers(
        okJson(
            "[{\"token_name\":\"a\\u001b[31m\\u0007\\u202e\",\"description\":\"x\\r\\ny\\u009b\"}]"));

    String out = run("token", "list").out();

    assertThat(out).contains("| a[31m         | x  y                    |");
    assertThat(out.replace("\n", "").chars()).noneMatch(Character::isISOControl);
  }

  @Test
  default void a_hostile_server_cannot_control_the_terminal_outside_of_tables() {
    everythingAnswers(okJson("{\"token_name\":\"a\\u001b[2J\",\"user_name\":\"b\\nRoles: all\"}"));
    assertThat(run("token", "roles", "a").out())
        .isEqualTo("Token: a[2J\nOwner: b Roles: all\n\nRoles: None\n");

    everythingAnswers(problem(400, "x\\u001b]0;title\\u0007y"));
    assertThat(run("token", "roles", "a").err()).startsWith("Error: x]0;titley.");
  }

  @Test
  default void roles_prints_who_assigned_them_as_documented() {
    everythingAnswers(okJson(TWO_ROLES));

    CommandResult ran = run("token", "roles", "my-token");

    assertThat(ran.out())
        .isEqualTo(
            Contracts.golden(
                "token-roles",
                "osmo_user_assigned_on",
                "2026-01-15",
                "osmo_ml_team_assigned_on",
                "2026-01-15"));
    sent(getRequestedFor(urlEqualTo("/api/auth/access_token/my-token/roles")));
  }

  @Test
  default void roles_are_dated_in_utc() {
    everythingAnswers(
        okJson(
            """
            {"token_name":"a","user_name":"u","roles":[
              {"role_name":"r","assigned_by":"b","assigned_at":"2026-01-15T23:30:00-02:00"}]}
            """));

    assertThat(run("token", "roles", "a").out()).endsWith("  - r (assigned by b on 2026-01-16)\n");
  }

  @Test
  default void a_token_without_roles_says_so() {
    everythingAnswers(
        okJson("{\"user_name\":\"user@example.com\",\"token_name\":\"my-token\",\"roles\":[]}"));

    assertThat(run("token", "roles", "my-token").out())
        .isEqualTo(Contracts.golden("token-roles-none"));
  }

  @Test
  default void delete_confirms_the_name() {
    everythingAnswers(okJson("null"));

    assertThat(run("token", "delete", "my-token").out())
        .isEqualTo(Contracts.golden("token-delete"));
    sent(deleteRequestedFor(urlEqualTo("/api/auth/access_token/my-token")));
  }

  @Test
  default void delete_for_another_user_names_the_user() {
    everythingAnswers(okJson("null"));

    assertThat(run("token", "delete", "ci", "-u", "bob").out())
        .isEqualTo("Access token ci deleted for user bob\n");
    sent(deleteRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/ci")));
  }

  @ParameterizedTest
  @CsvSource({"400,2", "403,7", "404,5", "409,6", "422,2", "429,75", "500,10", "502,10", "503,75"})
  default void an_error_becomes_an_exit_code_and_a_message(int status, int exitCode) {
    everythingAnswers(problem(status, "No such luck."));

    CommandResult ran = run("token", "delete", "my-token");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Error: No such luck.").endsWith("Request id: request-7\n");
    assertThat(ran.code()).isEqualTo(exitCode);
  }

  @Test
  default void the_plain_text_of_a_proxy_is_not_printed() {
    everythingAnswers(aResponse().withStatus(403).withBody("<html>access denied</html>"));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("status 403").doesNotContain("<html>");
    assertThat(ran.code()).isEqualTo(7);
  }

  @Test
  default void errors_stay_on_stderr_when_json_is_asked_for() {
    everythingAnswers(problem(404, "Access token x does not exist."));

    CommandResult ran = run("token", "list", "-t", "json");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("\"message\": \"Access token x does not exist.\"");
  }

  @Test
  @Tag("I1")
  default void a_token_in_a_servers_error_is_masked() {
    everythingAnswers(problem(400, "Cannot use " + token() + " here"));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("Cannot use osmo_*** here").doesNotContain(token());
  }

  @Test
  default void a_response_that_is_not_json_is_a_server_error() {
    everythingAnswers(aResponse().withStatus(200).withBody(""));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("not JSON");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void an_endless_response_is_refused() {
    everythingAnswers(aResponse().withStatus(200).withBody(new byte[17 * 1024 * 1024]));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("is larger than 16 MiB");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_redirect_is_not_followed() {
    everythingAnswers(aResponse().withStatus(302).withHeader("Location", url() + "/elsewhere"));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("redirects");
    assertThat(ran.code()).isEqualTo(10);
    server().verify(0, getRequestedFor(urlPathEqualTo("/elsewhere")));
  }
}
