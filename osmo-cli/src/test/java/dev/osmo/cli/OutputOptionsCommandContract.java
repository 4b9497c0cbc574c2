package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for the output. */
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
  default void quiet_prints_only_the_secret() {
    everythingAnswers(okJson("\"" + token() + "\""));

    assertThat(run("token", "set", "ci", "-q", "-r", "a"))
        .isEqualTo(new CommandResult(0, token() + "\n", ""));
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

    CommandResult ran = run("token", "list", "--json", "state,token_name");

    assertThat(ran.out())
        .isEqualTo(
            """
            [
              {
                "state": "Active",
                "token_name": "ci"
              }
            ]
            """);
  }

  @Test
  default void help_in_a_pipe_has_no_colors() {
    assertThat(run("token", "--help", "--no-color").out()).startsWith("Usage: osmo token");
    assertThat(run("token", "--help").out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin audit",
        "admin role list",
        "context list",
        "token list",
        "token list --all-users"
      })
  default void an_empty_list_is_an_empty_array(String words) {
    everythingAnswers(okJson("[]"));
    variable("OSMO_CONFIG_FILE_DIR", home().resolve("empty").toString());
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());
    exchangeAnswers(FakeJwt.livingFor(300, "second"));

    assertThat(run((words + " -t json").split(" "))).isEqualTo(new CommandResult(0, "[]\n", ""));
    assertThat(run((words + " -q").split(" "))).isEqualTo(new CommandResult(0, "", ""));
  }

  /** All members, also of nested objects, have lower-case names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin keys",
        "admin policy",
        "admin role get x",
        "admin role set x",
        "admin role delete x --yes",
        "auth explain",
        "auth refresh",
        "auth status",
        "auth whoami",
        "context delete default",
        "context list",
        "context show",
        "context use default",
        "doctor",
        "logout",
        "profile list",
        "profile set pool x",
        "token delete ci",
        "token generate",
        "token resume ci",
        "token revoke ci --yes",
        "token roles ci",
        "token show ci",
        "token suspend ci",
        "user create bob",
        "user delete bob --yes",
        "user get bob",
        "user list",
        "user update bob --enable",
        "version",
        "workflow list"
      })
  default void every_command_prints_json(String words) {
    exchangeAnswers(FakeJwt.livingFor(300, "second"));
    everythingElseAnswers(okJson("{\"id\":\"pat_1\",\"workflows\":[],\"users\":[],\"keys\":[]}"));

    CommandResult ran = run((words + " -t json").split(" "));

    assertThat(ran.code()).isZero();
    assertThat(names(Contracts.json(ran.out()))).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context use default",
        "logout",
        "profile set pool x",
        "token suspend ci",
        "user create bob"
      })
  default void an_unknown_field_does_not_hide_a_change(String words) {
    exchangeAnswers(FakeJwt.livingFor(300, "second"));
    everythingElseAnswers(okJson("{\"id\":\"pat_1\"}"));

    JsonNode json = Contracts.json(run((words + " --json=no_such").split(" ")).out());

    assertThat(json.properties()).hasSize(1);
    assertThat(json.has("no_such")).isTrue();
  }

  @Test
  default void doctor_prints_failures_and_next_steps_as_json() {
    everythingAnswers(problem(503, "Not now"));

    CommandResult ran = run("doctor", "-t", "json");

    JsonNode checks = Contracts.json(ran.out());
    assertThat(checks.findValuesAsText("result")).containsExactly("ok", "fail", "skip", "skip");
    assertThat(checks.path(1).path("seen").asText()).isEqualTo("Not now");
    assertThat(ran.code()).isEqualTo(75);
  }

  @Test
  default void login_prints_json() {
    CommandResult ran =
        runTyping(token(), "login", url(), "--method=token", "--token-file=-", "-t", "json");

    assertThat(ran.out())
        .isEqualTo("{\n  \"server\": \"" + url() + "\",\n  \"user\": \"user@example.com\"\n}\n");
  }

  @Test
  @Tag("I1")
  default void a_verified_token_is_not_in_the_json() {
    CommandResult ran = runTyping(token(), "token", "verify", "-t", "json");

    assertThat(ran.out()).isEqualTo("{\n  \"well_formed\": true\n}\n");
  }

  @Test
  default void the_ids_of_workflows_can_be_piped() {
    everythingAnswers(okJson("{\"workflows\":[{\"name\":\"a-1\"},{\"name\":\"b-2\"}]}"));

    assertThat(run("workflow", "list", "-q").out()).isEqualTo("b-2\na-1\n");
    assertThat(run("workflow", "list", "--json=name").out()).contains("\"name\": \"b-2\"");
  }

  private void everythingElseAnswers(ResponseDefinitionBuilder response) {
    server().stubFor(any(urlMatching("(?!" + EXCHANGE + ").*")).willReturn(response));
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.properties().forEach(member -> names.add(member.getKey()));
    json.forEach(child -> names.addAll(names(child)));
    return names;
  }
}
