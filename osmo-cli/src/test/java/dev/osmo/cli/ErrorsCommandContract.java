package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error messages and their next steps. */
interface ErrorsCommandContract extends CommandContract {

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokn | There is no command tokn. Did you mean token? See: osmo --help",
        "token lst | There is no command lst. Did you mean list? See: osmo token --help",
        "token del | There is no command del. Did you mean delete? See: osmo token --help",
        "admin role lst | There is no command lst. Did you mean list? See: osmo admin role --help",
        "token new x | There is no command new. Did you mean osmo token set? See: osmo token"
            + " --help",
        "token add x | There is no command add. Did you mean osmo token set? See: osmo token"
            + " --help",
        "token make | There is no command make. Did you mean osmo token set? See: osmo token"
            + " --help",
        "user new x | There is no command new. Did you mean osmo user create? See: osmo user"
            + " --help",
        "token xyz | There is no command xyz. See: osmo token --help",
        "__complet | There is no command __complet. Did you mean completion? See: osmo --help",
        "token list --wied | Unknown option: --wied. Did you mean --wide? See: osmo token list"
            + " --help",
        "token list --stat=x | Unknown option: --stat. Did you mean --state? See: osmo token list"
            + " --help",
        "token list --zebra | Unknown option: --zebra. See: osmo token list --help",
        "token list extra | Unexpected argument: extra. See: osmo token list --help",
        "run ls -l | Unknown option: -l. Write the command after --. See: osmo run --help",
        "token list -s asleep | Invalid value for option '--state': asleep is not one of active,"
            + " expired, suspended, revoked, no_roles. See: osmo token list --help",
        "completion csh | Invalid value for SHELL: csh is not one of bash, zsh, fish."
            + " See: osmo completion --help",
        "token list -t yaml | Invalid value for option '--format-type': yaml is not one of text,"
            + " json. See: osmo token list --help",
      })
  default void a_mistyped_word_is_named_with_a_suggestion(String typed, String said) {
    CommandResult ran = run(typed.split(" "));

    assertThat(ran).isEqualTo(new CommandResult(2, "", "Error: " + said + "\n"));
    nothingWasSent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | token show ci | See: osmo token list",
        "404 | token delete ci | See: osmo token list",
        "404 | user get bob | See: osmo user list",
        "404 | admin role get x | See: osmo admin role list",
        "409 | user create bob | See: osmo user list",
        "404 | token set ci --user bob | See: osmo token list",
        "400 | token set ci | See: osmo token set --help",
        "401 | token list | Log in again: osmo login <url>",
        "403 | user list | Ask an administrator for a role that allows this.",
        "429 | token delete ci | Try again in a moment.",
      })
  default void every_error_has_a_next_step(int status, String typed, String next) {
    exchangeAnswers(FakeJwt.livingFor(300, "again"));
    everythingAnswers(problem(status, "No").withHeader("Retry-After", "99"));

    assertThat(run(typed.split(" ")).err())
        .isEqualTo("Error: No. " + next + "\nRequest id: request-7\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"It is busy. Try again in a moment", "It is busy. Try again in a moment."})
  default void a_next_step_that_the_server_names_is_not_repeated(String message) {
    exchangeAnswers(FakeJwt.livingFor(300, "again"));
    everythingAnswers(problem(503, message).withHeader("Retry-After", "99"));

    assertThat(run("token", "delete", "ci").err())
        .startsWith("Error: It is busy. Try again in a moment.\n");
  }

  /** A role would not help, or is not what is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | exceeds-login | Request fewer roles or an earlier expiration, or log in with a token"
            + " that allows it.",
        "401 | owner-disabled | Only an administrator can enable the user.",
        "401 | token-suspended | Resume it with another token: osmo token resume <name>",
        "401 | no-roles-left | Create a new token: osmo token set <name>",
      })
  default void the_next_step_fits_the_problem(int status, String type, String next) {
    exchangeAnswers(FakeJwt.livingFor(300, "again"));
    everythingAnswers(
        okJson("{\"type\":\"urn:osmo:problem:" + type + "\",\"message\":\"No.\"}")
            .withStatus(status));

    assertThat(run("token", "list").err()).isEqualTo("Error: No. " + next + "\n");
  }

  @Test
  default void a_missing_role_points_to_the_list_of_roles() {
    everythingAnswers(problem(404, "Role x does not exist"));

    assertThat(run("user", "update", "bob", "-a", "x").err())
        .startsWith("Error: Role x does not exist. See: osmo admin role list\n");
  }

  @Test
  default void a_missing_user_points_to_the_list_of_users() {
    everythingAnswers(problem(404, "User nobody not found"));

    assertThat(run("token", "set", "t", "--user", "nobody").err())
        .startsWith("Error: User nobody not found. See: osmo user list\n");
  }

  @Test
  default void roles_that_the_owner_does_not_have_are_named() {
    everythingAnswers(refusedRoles());
    server()
        .stubFor(
            get(urlEqualTo("/api/profile/settings")).willReturn(okJson("{\"roles\":[\"a\"]}")));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/user/bob"))
                .willReturn(okJson("{\"roles\":[{\"role_name\":\"a\"}]}")));
    server().stubFor(get(urlEqualTo("/api/auth/user/carl")).willReturn(okJson("{\"roles\":[]}")));

    assertThat(run("token", "set", "x", "--roles", "a,nosuch"))
        .isEqualTo(
            new CommandResult(
                2,
                "",
                "Error: You do not have the requested roles: nosuch. See: osmo profile list\n"));
    assertThat(run("token", "set", "x", "--roles", "b", "-u", "bob").err())
        .isEqualTo(
            "Error: User bob does not have the requested roles: b. See: osmo user get bob\n");
    assertThat(run("token", "set", "x", "--user", "carl").err())
        .isEqualTo(
            "Error: User carl does not have any role, and a token needs at least one."
                + " Assign one: osmo user update carl --add-roles <role>\n");
  }

  private static ResponseDefinitionBuilder refusedRoles() {
    return okJson(
            "{\"type\":\"urn:osmo:problem:roles-not-held\",\"message\":\"Refused.\",\"error_code\":\"USER\"}")
        .withStatus(422);
  }

  @ParameterizedTest
  @CsvSource({
    "token show ci -t json",
    "token show ci --format-type=JSON",
    "token show ci --json token_name",
    "token show ci --json=token_name",
    "token show ci -tjson"
  })
  default void an_error_is_json_on_standard_error_if_json_is_requested(String typed) {
    everythingAnswers(problem(404, "Access token ci does not exist."));

    CommandResult ran = run(typed.split(" "));

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                5,
                "",
                """
                {
                  "message": "Access token ci does not exist.",
                  "code": 404,
                  "exit_code": 5,
                  "next_step": "See: osmo token list",
                  "request_id": "request-7"
                }
                """));
  }

  @Test
  @Tag("I1")
  default void an_error_without_a_response_has_code_1_and_no_token() {
    CommandResult ran = run("token", "list", token(), "-t", "json");

    JsonNode error = Contracts.json(ran.err());
    assertThat(error.path("code").asInt()).isEqualTo(1);
    assertThat(error.path("exit_code").asInt()).isEqualTo(2);
    assertThat(ran.err()).doesNotContain(token());
    assertThat(ran.out()).isEmpty();
  }

  @Test
  default void the_json_option_of_another_program_is_not_osmos() {
    assertThat(run("run", "--", "./no-such-command", "-t", "json").err())
        .startsWith("Error: Cannot run ./no-such-command.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token list --json=state,tokn | tokn | It has: token_name, state.",
        "workflow list --json=naem | naem | It has: name.",
        "version --json=clint | clint | It has: client, service.",
      })
  default void an_unknown_field_is_refused_with_the_list_of_fields(
      String typed, String wrong, String known) {
    everythingAnswers(
        okJson("[{\"token_name\":\"a\"},{\"state\":\"Active\",\"token_name\":\"b\"}]"));
    if (typed.startsWith("workflow")) {
      everythingAnswers(okJson("{\"workflows\":[{\"name\":\"a-1\"}]}"));
    }

    CommandResult ran = run(typed.split(" "));

    JsonNode error = Contracts.json(ran.err());
    assertThat(error.path("message").asText())
        .isEqualTo("There is no field " + wrong + " in the response");
    assertThat(error.path("next_step").asText()).isEqualTo(known);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "token set ci --json=tokn",
    "token rotate ci --json=tokn",
    "token generate --json=tokn"
  })
  default void no_secret_is_created_that_could_not_be_printed(String typed) {
    assertThat(run(typed.split(" ")).code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void an_existing_name_suggests_another_name_or_a_rotation() {
    everythingAnswers(
        okJson(
                "{\"type\":\"urn:osmo:problem:token-exists\",\"message\":\"Token name ci already"
                    + " exists.\"}")
            .withStatus(409));

    CommandResult ran = run("token", "set", "ci");

    assertThat(ran.err())
        .isEqualTo(
            "Error: Token name ci already exists. Choose another name, or rotate the token:"
                + " osmo token rotate ci\n");
    assertThat(ran.code()).isEqualTo(6);
  }
}
