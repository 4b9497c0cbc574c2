package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that select, sort and filter what is printed. */
interface SelectionCommandContract extends CommandContract {
  String TOKENS =
      """
      [{"id":"pat_1","token_name":"b","expires_at":"2026-12-31T00:00:00","description":"","derived_tokens":10,
        "roles":["x","y"],"created_at":"2026-11-02T10:00:00Z","last_used_at":null,"state":"Active"},
       {"id":"pat_2","token_name":"C","expires_at":"2026-11-30T00:00:00","description":"first one","derived_tokens":9,
        "roles":["x"],"created_at":"2026-11-01T10:00:00Z","last_used_at":"2026-11-03T00:00:00Z","state":"Expired"},
       {"id":"pat_3","token_name":"a","expires_at":"2027-01-31T00:00:00","description":"","derived_tokens":0,
        "roles":[],"created_at":"2026-11-03T10:00:00Z","last_used_at":"2026-11-02T00:00:00Z","state":"Suspended"}]
      """;

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        ".[].token_name => b;C;a",
        ".[] | select(.state == \"Active\") | .id => pat_1",
        "length => 3",
        ".[0].roles => [\"x\", \"y\"]",
        ".[1] | {token_name, state} => {\"token_name\": \"C\", \"state\": \"Expired\"}",
        "map(select(.expires_at < \"2027\")) | sort_by(.derived_tokens) | .[].token_name => C;b",
        ".[] | select(.description | test(\"^FIRST\"; \"i\")) | .id => pat_2",
        ".[0].last_used_at => null",
        "[.[].created_at | fromdateiso8601] | max => 1793700000",
        "empty => ''",
      })
  default void jq_prints_what_the_expression_selects(String expression, String values) {
    everythingAnswers(okJson(TOKENS));

    CommandResult ran = run("token", "list", "--jq", expression);

    String lines = values.isEmpty() ? "" : values.replace(';', '\n') + "\n";
    assertThat(ran).isEqualTo(new CommandResult(0, lines, ""));
  }

  @Test
  default void jq_applies_to_the_selected_fields() {
    everythingAnswers(okJson(TOKENS));

    assertThat(run("token", "list", "--json=id", "--jq=.[0] | keys").out()).isEqualTo("[\"id\"]\n");
    assertThat(run("user", "list", "--jq", ".users | length").code()).isNotEqualTo(10);
  }

  @Test
  default void a_malformed_jq_expression_is_refused_before_a_request() {
    CommandResult ran = run("token", "delete", "ci", "--jq", ".[");

    assertThat(ran.err())
        .isEqualTo(
            "Error: Invalid value for option '--jq': Invalid jq expression: .[. For example:"
                + " '.[].token_name'. See: osmo token delete --help\n");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_jq_expression_that_does_not_apply_is_an_error_without_a_result() {
    everythingAnswers(okJson(TOKENS));

    CommandResult ran = run("token", "list", "--jq", ".token_name");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Error: The --jq expression failed: ");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(run("token", "list", "--jq", "nosuchfunction").code()).isEqualTo(2);
  }

  @Test
  default void after_a_change_a_failed_jq_expression_says_that_it_was_made() {
    everythingAnswers(okJson("null"));

    CommandResult ran = run("token", "delete", "ci", "--jq", ".token_name.x");

    assertThat(ran.err())
        .startsWith("Error: The --jq expression failed: ")
        .endsWith("The change was made; do not repeat it.\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(strings = {".tokn", "empty", ".token | length", ".token.x", ".id"})
  default void no_secret_is_created_that_jq_would_not_print(String expression) {
    for (String words : new String[] {"token set ci", "token rotate ci", "token generate"}) {
      assertThat(run((words + " --jq").split(" ")).code()).isEqualTo(2);

      CommandResult ran = run(longer(words, "--jq", expression));

      assertThat(ran.out()).isEmpty();
      assertThat(ran.code()).isEqualTo(2);
    }
    nothingWasSent();
  }

  @Test
  @Tag("I1")
  default void a_new_secret_is_printed_even_if_jq_fails_on_the_response() {
    everythingAnswers(okJson("\"" + token() + "\""));

    CommandResult ran =
        run(
            "token",
            "set",
            "ci",
            "--jq",
            "if .token[5:9] != \"0000\" then .token.x else .token end");

    assertThat(ran.out()).contains(token());
    assertThat(run("token", "set", "ci", "--jq", ".token").out()).isEqualTo(token() + "\n");
  }

  @Test
  default void without_headers_only_rows_are_printed() {
    everythingAnswers(okJson(TOKENS));

    assertThat(run("token", "list", "--no-headers"))
        .isEqualTo(
            new CommandResult(
                0,
                """
                C  first one  Expired    2026-11-30
                b             Active     2026-12-31
                a             Suspended  2027-01-31
                """,
                ""));
    assertThat(run("token", "list", "-u", "bob", "--no-headers").out()).startsWith("C  first one");
  }

  @Test
  default void without_headers_an_empty_list_prints_nothing() {
    everythingAnswers(okJson("[]"));

    assertThat(run("token", "list", "--no-headers")).isEqualTo(new CommandResult(0, "", ""));
    assertThat(run("token", "list", "--no-headers", "-t", "json").out()).isEqualTo("[]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "token_name, a b C",
    "token_name:desc, C b a",
    "expires_at, C b a",
    "created_at:asc, C b a",
    "derived_tokens, a C b",
    "last_used_at, a C b",
    "last_used_at:desc, C a b",
    "description:desc, C b a",
    "roles, a C b",
  })
  default void a_list_is_sorted_by_a_field_in_every_format(String order, String names) {
    everythingAnswers(okJson(TOKENS));
    String lines = names.replace(' ', '\n') + "\n";

    assertThat(run("token", "list", "-q", "--sort-by", order).out()).isEqualTo(lines);
    assertThat(run("token", "list", "--sort-by", order, "--jq", ".[].token_name").out())
        .isEqualTo(lines);
    assertThat(
            run("token", "list", "--sort-by=" + order, "--no-headers")
                .out()
                .replaceAll("(?m)^(\\S+) .*$", "$1"))
        .isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin audit",
        "admin keys",
        "admin role list",
        "context list",
        "user list",
        "workflow list"
      })
  default void every_list_can_be_sorted(String words) {
    everythingAnswers(
        okJson(
            "{\"users\":[{\"id\":\"b\"},{\"id\":\"a\"}],\"keys\":[{\"kid\":\"b\"},{\"kid\":\"a\"}],"
                + "\"workflows\":[{\"name\":\"b\"},{\"name\":\"a\"}]}"));
    if (words.startsWith("admin audit") || words.startsWith("admin role")) {
      everythingAnswers(okJson("[{\"id\":\"b\",\"name\":\"b\"},{\"id\":\"a\",\"name\":\"a\"}]"));
    }
    String field =
        words.endsWith("keys") ? "kid" : words.matches("user.*|admin audit") ? "id" : "name";

    CommandResult ran = run((words + " -q --sort-by=" + field).split(" "));

    assertThat(ran.out()).isEqualTo(words.startsWith("context") ? "default\n" : "a\nb\n");
    assertThat(run((words + " --sort-by=no_such").split(" ")).err())
        .startsWith("Error: There is no field no_such to sort by. There are: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name:down", ":desc", "a:b:c"})
  default void a_malformed_order_is_refused(String order) {
    assertThat(run("token", "list", "--sort-by", order).code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token list --state active,Suspended expired |"
            + " /api/auth/access_token?state=active&state=suspended&state=expired",
        "token list --owner=a,b | /api/auth/tokens?owner=a&owner=b&limit=1000",
        "user list -r a,b -c 5 | /api/auth/user?count=5&roles=a&roles=b",
        "workflow list -s running,failed -p a,b |"
            + " /api/workflow?statuses=RUNNING&statuses=FAILED&order=DESC&pools=a"
            + "&pools=b&limit=20&offset=0",
      })
  default void values_can_be_separated_by_commas(String typed, String path) {
    everythingAnswers(okJson(typed.startsWith("token") ? "[]" : "{}"));

    assertThat(run(typed.split(" ")).code()).isZero();
    sent(getRequestedFor(urlEqualTo(path)));
  }

  @Test
  @Tag("I6")
  default void roles_can_be_separated_by_commas() {
    everythingAnswers(okJson("\"" + token() + "\""));

    assertThat(run("token", "set", "ci", "-r", "a,b", "c").out()).endsWith("Roles: a, b, c\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/ci?roles=a&roles=b&roles=c")));
  }

  /** {@code -r "$A,$B"} with unset variables must not mean all roles. */
  @ParameterizedTest
  @Tag("I6")
  @ValueSource(strings = {",", ",,", ""})
  default void a_list_of_nothing_is_not_a_missing_option(String roles) {
    everythingAnswers(aResponse().withStatus(422).withBody("{\"message\":\"No\"}"));

    assertThat(run("token", "set", "ci", "--roles=" + roles).code()).isEqualTo(2);
    sent(
        postRequestedFor(urlPathEqualTo("/api/auth/access_token/ci"))
            .withQueryParam("roles", matching("^,?$")));
    assertThat(run("token", "list", "--state=" + roles).code()).isEqualTo(2);
    assertThat(run("token", "list", "--json=" + roles).code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30m", "12h", "90d", "2w", "PT30M"})
  default void a_duration_has_minutes_hours_days_or_weeks(String duration) {
    everythingAnswers(okJson("\"" + token() + "\""));

    assertThat(run("token", "set", "ci", "--expires-in", duration).code()).isZero();
    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/ci?expires_in=" + duration)));
  }

  private static String[] longer(String words, String... more) {
    String[] all = java.util.Arrays.copyOf(words.split(" "), words.split(" ").length + more.length);
    System.arraycopy(more, 0, all, all.length - more.length, more.length);
    return all;
  }
}
