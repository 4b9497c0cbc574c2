package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface UserCommandContract extends CommandContract {

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  default void create_names_the_user_and_the_roles() {
    everythingAnswers(
        okJson("{\"id\":\"bob\",\"created_at\":\"2026-11-01T00:00:00Z\",\"created_by\":\"a\"}"));

    CommandResult ran = run("user", "create", "bob", "-r", "x", "y");

    assertThat(ran.out()).isEqualTo("User created: bob\nRoles assigned: x, y\n");
    sent(
        postRequestedFor(urlEqualTo("/api/auth/user"))
            .withRequestBody(equalToJson("{\"id\":\"bob\",\"roles\":[\"x\",\"y\"]}")));
  }

  @Test
  default void get_shows_the_user_and_who_assigned_the_roles() {
    everythingAnswers(
        okJson(
            """
            {"id":"bob","created_at":"2026-11-01T00:00:00Z","created_by":null,
             "roles":[{"role_name":"x","assigned_by":"a","assigned_at":"2026-11-02T00:00:00Z"}]}
            """));

    assertThat(run("user", "get", "bob").out())
        .isEqualTo(
            """
            User ID: bob
            Created At: 2026-11-01
            Created By: -

            Roles:
              - x (assigned by a on 2026-11-02)
            """);
    sent(getRequestedFor(urlEqualTo("/api/auth/user/bob")));
  }

  @Test
  default void list_prints_the_total_and_a_table() {
    everythingAnswers(
        okJson(
            """
            {"total_results":7,"start_index":1,"items_per_page":1,"users":[{"id":"bob","created_at":"2026-11-01T00:00:00Z"}]}
            """));

    assertThat(run("user", "list", "-p", "b", "-r", "x", "y", "-c", "1").out())
        .isEqualTo(
            """
            Total users: 7

            +---------+------------+
            | User ID | Created At |
            +---------+------------+
            | bob     | 2026-11-01 |
            +---------+------------+
            """);
    sent(getRequestedFor(urlEqualTo("/api/auth/user?count=1&id_prefix=b&roles=x&roles=y")));
  }

  @Test
  default void more_users_than_a_page_are_fetched_page_by_page() {
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/user?count=1000"))
                .willReturn(
                    okJson("{\"total_results\":1700,\"users\":[" + users(1000) + "]}")
                        .withHeader("Link", "</api/auth/user?count=1000&cursor=x>; rel=\"next\"")));
    server()
        .stubFor(
            get(urlEqualTo("/api/auth/user?count=1000&cursor=x"))
                .willReturn(okJson("{\"total_results\":1701,\"users\":[" + users(700) + "]}")));

    assertThat(run("user", "list", "-c", "1500", "-q").out().lines()).hasSize(1500);
    assertThat(run("user", "list", "-c", "9000", "-q").out().lines()).hasSize(1700);
    JsonNode document = Contracts.json(run("user", "list", "-c1500", "-t", "json").out());
    assertThat(document.path("users")).hasSize(1500);
    assertThat(document.path("items_per_page").asInt()).isEqualTo(1500);
    assertThat(document.path("total_results").asInt()).isEqualTo(1700);
  }

  private static String users(int count) {
    return Stream.generate(() -> "{\"id\":\"bob\"}").limit(count).collect(Collectors.joining(","));
  }

  @Test
  default void a_count_of_zero_is_a_usage_error() {
    assertThat(run("user", "list", "--count=0").code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void an_empty_list_of_users_is_a_sentence() {
    everythingAnswers(okJson("{\"total_results\":0,\"users\":[]}"));

    assertThat(run("user", "list").out()).isEqualTo("No users found\n");
  }

  @Test
  default void update_assigns_roles_before_it_removes_roles() {
    everythingAnswers(okJson("null"));

    assertThat(run("user", "update", "bob", "-r", "old", "-a", "new", "other").out())
        .isEqualTo("Added role: new\nAdded role: other\nRemoved role: old\n");
    sent(
        postRequestedFor(urlEqualTo("/api/auth/user/bob/roles"))
            .withRequestBody(equalToJson("{\"role_name\":\"new\"}")));
    sent(deleteRequestedFor(urlEqualTo("/api/auth/user/bob/roles/old")));
  }

  @Test
  default void a_role_that_the_user_does_not_have_is_not_reported_as_removed() {
    everythingAnswers(okJson("null").withHeader("X-Osmo-Role-Removed", "false"));

    assertThat(run("user", "update", "bob", "-r", "other"))
        .isEqualTo(new CommandResult(0, "User bob did not have role: other\n", ""));
    everythingAnswers(okJson("{\"user_id\":\"bob\",\"role_name\":\"other\",\"held\":false}"));
    assertThat(run("user", "update", "bob", "-r", "other", "--dry-run"))
        .isEqualTo(new CommandResult(0, "User bob does not have role other\n", ""));
  }

  @Test
  default void a_role_that_does_not_exist_cannot_be_removed() {
    everythingAnswers(okJson("{\"held\":false}").withHeader("X-Osmo-Role-Removed", "false"));
    server()
        .stubFor(
            get(urlEqualTo("/api/configs/role/nosuch"))
                .willReturn(problem(404, "Role nosuch does not exist")));

    for (String option : List.of("--no-color", "--dry-run")) {
      assertThat(run("user", "update", "bob", "-r", "nosuch", option))
          .isEqualTo(
              new CommandResult(
                  5,
                  "",
                  """
                  Error: Role nosuch does not exist. See: osmo admin role list
                  Request id: request-7
                  """));
    }
  }

  @Test
  default void update_that_fails_halfway_prints_the_changes_made() {
    everythingAnswers(problem(404, "Role x does not exist"));

    CommandResult ran = run("user", "update", "bob", "-a", "x", "y");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(5);
  }

  @Test
  default void update_without_changes_is_a_usage_error() {
    CommandResult ran = run("user", "update", "bob");

    assertThat(ran.err())
        .isEqualTo(
            "Error: No updates specified. Use --add-roles or --remove-roles, --disable or"
                + " --enable.\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void update_disables_last_and_enables_first() {
    everythingAnswers(okJson("{}"));

    assertThat(run("user", "update", "bob", "--disable", "-a", "x").out())
        .isEqualTo("Added role: x\nUser disabled: bob\n");
    assertThat(run("user", "update", "bob", "--enable").out()).isEqualTo("User enabled: bob\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/disable")));
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/enable")));
    assertThat(run("user", "update", "bob", "--enable", "--disable").code()).isEqualTo(2);
  }

  @Test
  default void update_says_when_the_directory_keeps_the_user_disabled() {
    everythingAnswers(
        okJson(
            "{\"id\":\"bob\",\"disabled_at\":\"2026-12-01T08:00:00Z\",\"disabled_by\":[\"directory\"]}"));

    CommandResult ran = run("user", "update", "bob", "--enable", "--add-role", "x");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                1,
                "",
                "Error: User stays disabled: the directory has disabled bob. To enable the user"
                    + " anyway, add --overrule-directory.\n"));
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/enable")));
  }

  @Test
  default void update_overrules_the_directory_only_on_request() {
    everythingAnswers(okJson("{}"));

    assertThat(run("user", "update", "bob", "--overrule-directory", "-a", "x").code()).isEqualTo(2);
    nothingWasSent();
    assertThat(run("user", "update", "bob", "--enable", "--overrule-directory").out())
        .isEqualTo("User enabled: bob\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/enable?overrule_directory=true")));
  }

  /** Otherwise a part of the changes would be made before the option is refused as a role. */
  @Test
  default void an_unknown_option_after_a_list_changes_nothing() {
    everythingAnswers(okJson("{}"));

    for (String option : List.of("--remove-roles", "--add-roles", "-r")) {
      CommandResult ran = run("user", "update", "bob", option, "x", "--yes");
      assertThat(ran.code()).as(ran.out()).isEqualTo(2);
      assertThat(ran.err()).startsWith("Error: Unknown option: --yes");
    }
    assertThat(run("user", "create", "bob", "--roles", "x", "--yes").code()).isEqualTo(2);
    assertThat(run("token", "set", "t", "--roles", "x", "--yes").code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void update_has_a_dry_run() {
    everythingAnswers(
        okJson(
            """
            {"user_id":"bob","role_name":"x","shrinking":[{"id":"pat_1","token_name":"ci","roles":["y","z"]}],
             "emptied":[{"id":"pat_2","token_name":"old","roles":[]}]}
            """));

    CommandResult ran = run("user", "update", "bob", "--remove-role", "x", "--dry-run");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                0,
                """
                Would remove role x from bob
                  - token ci (pat_1) keeps y, z
                  - token old (pat_2) keeps no role
                """,
                ""));
    sent(getRequestedFor(urlEqualTo("/api/auth/user/bob/roles/x/removal")));
    assertThat(run("user", "update", "bob", "-r", "x", "--dry-run", "--json=role_name").out())
        .isEqualTo("[\n  {\n    \"role_name\": \"x\"\n  }\n]\n");
    server().verify(0, deleteRequestedFor(anyUrl()));
  }

  /** A script may treat exit code 6, already exists, as success. */
  @ParameterizedTest
  @CsvSource({
    "last-administrator,2",
    "too-many-tokens,2",
    "user-exists,6",
    "newer-than-this-client,6"
  })
  default void only_an_existing_name_is_exit_code_6(String type, int code) {
    everythingAnswers(
        aResponse()
            .withStatus(409)
            .withBody("{\"type\":\"urn:osmo:problem:" + type + "\",\"message\":\"No\"}"));

    assertThat(run("user", "update", "bob", "--disable").code()).isEqualTo(code);
  }

  @Test
  default void an_update_of_users_as_json_prints_the_user_alone() {
    everythingAnswers(okJson("{\"id\":\"bob\",\"roles\":[]}"));

    CommandResult ran = run("user", "update", "bob", "-a", "x", "-t", "json");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(0, "{\n  \"id\": \"bob\",\n  \"roles\": []\n}\n", "Added role: x\n"));
  }

  @Test
  default void json_fields_of_a_list_are_those_of_its_users() {
    everythingAnswers(
        okJson("{\"total_results\":1,\"users\":[{\"id\":\"bob\",\"created_by\":\"a\"}]}"));

    assertThat(run("user", "list", "--json=id").out())
        .isEqualTo(
            """
            {
              "total_results": 1,
              "users": [
                {
                  "id": "bob"
                }
              ]
            }
            """);
    assertThat(run("user", "list", "-q").out()).isEqualTo("bob\n");
    assertThat(run("user", "list", "--wide").out()).contains("Created By").contains("| a ");
  }

  @Test
  default void an_empty_list_of_users_is_empty_json() {
    everythingAnswers(okJson("{\"total_results\":0,\"users\":[]}"));

    assertThat(run("user", "list", "-t", "json").out())
        .isEqualTo("{\n  \"total_results\": 0,\n  \"users\": []\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "n\n", "no\n"})
  default void delete_needs_confirmation(String answer) {
    CommandResult ran = runTyping(answer, "user", "delete", "bob");

    assertThat(ran.out()).isEqualTo("Cancelled\n");
    assertThat(ran.err()).as("no prompt where nobody reads it").isEmpty();
    assertThat(ran.code()).isZero();
    nothingWasSent();
  }

  @Test
  default void a_cancelled_delete_prints_nothing_to_standard_output_with_json() {
    assertThat(runTyping("n\n", "user", "delete", "bob", "-t", "json"))
        .isEqualTo(new CommandResult(0, "", "Cancelled\n"));
    nothingWasSent();
  }

  @Test
  default void delete_without_an_answer_names_the_option() {
    CommandResult ran = run("user", "delete", "bob");

    assertThat(ran.err())
        .isEqualTo(
            "Error: No answer to 'Delete user bob with all roles and tokens?'. To continue"
                + " without confirmation, add --yes.\n");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void delete_with_confirmation_or_force_deletes() {
    everythingAnswers(okJson("null"));

    assertThat(runTyping("y\n", "user", "delete", "bob").out()).isEqualTo("User deleted: bob\n");
    assertThat(run("user", "delete", "ann", "-f").out()).isEqualTo("User deleted: ann\n");
    assertThat(run("user", "delete", "eve", "--yes", "-t", "json").out())
        .isEqualTo("{\n  \"id\": \"eve\",\n  \"deleted\": true\n}\n");
    sent(deleteRequestedFor(urlEqualTo("/api/auth/user/bob")));
    sent(deleteRequestedFor(urlEqualTo("/api/auth/user/ann")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", ""})
  default void an_id_cannot_change_the_path(String id) {
    assertThat(run("user", "get", id).code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void an_id_is_encoded() {
    everythingAnswers(okJson("{}"));

    run("user", "get", "a/b?c#d e%");

    sent(getRequestedFor(urlEqualTo("/api/auth/user/a%2Fb%3Fc%23d%20e%25")));
  }
}
