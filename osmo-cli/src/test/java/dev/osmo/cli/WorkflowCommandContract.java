package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface WorkflowCommandContract extends CommandContract {
  String YAML = "workflow:\n  name: hello\n  tasks: []\n";
  String SUBMITTED =
      """
      {"name":"hello-1","overview":"http://h/workflows/hello-1","logs":"http://h/logs","spec":null,
       "dashboard_url":null,"warnings":[]}
      """;

  @BeforeEach
  default void loggedIn() throws IOException {
    timeZone("UTC");
    logIn();
    Files.writeString(file(), YAML);
  }

  private Path file() {
    return home().resolve("my-workflow.yaml");
  }

  @Test
  default void list_shows_the_newest_last() {
    everythingAnswers(
        okJson(
            """
            {"workflows":[
              {"user":"bob","name":"new-2","submit_time":"2026-11-02T10:20:30.123456","status":"RUNNING",
               "priority":"NORMAL","labels":{"b":"2","a":"1"},"overview":"http://h/new-2"},
              {"user":"bob","name":"old-1","submit_time":"2026-11-01T10:20:30","status":"COMPLETED",
               "priority":"LOW","overview":""}],
             "more_entries":false}
            """));

    CommandResult ran = run("workflow", "list");

    assertThat(ran.out())
        .isEqualTo(
            """
            +------+-------------+------------------------+-----------+----------+----------+----------------+
            | User | Workflow ID | Submit Time            | Status    | Priority | Labels   | Overview       |
            +------+-------------+------------------------+-----------+----------+----------+----------------+
            | bob  | old-1       | Nov 01, 2026 10:20 UTC | COMPLETED | LOW      | -        | -              |
            | bob  | new-2       | Nov 02, 2026 10:20 UTC | RUNNING   | NORMAL   | a=1, b=2 | http://h/new-2 |
            +------+-------------+------------------------+-----------+----------+----------+----------------+
            """);
    sent(getRequestedFor(urlEqualTo("/api/workflow?order=DESC&all_pools=True&limit=20&offset=0")));
  }

  @Test
  default void list_sends_its_filters_in_the_servers_format() {
    everythingAnswers(okJson("{\"workflows\":[],\"more_entries\":false}"));

    run(
        "workflow",
        "list",
        "-c",
        "5",
        "-f",
        "3",
        "-n",
        "x y",
        "-s",
        "RUNNING",
        "FAILED",
        "-p",
        "a",
        "-u",
        "bob");

    sent(
        getRequestedFor(
            urlEqualTo(
                "/api/workflow?users=bob&statuses=RUNNING&statuses=FAILED&name=x+y&order=DESC&pools=a&limit=5&offset=3")));
  }

  @Test
  default void list_sends_its_label_and_tag_filters() {
    everythingAnswers(okJson("{\"workflows\":[],\"more_entries\":false}"));

    CommandResult ran =
        run(
            ("workflow list -s running --tags x y --tags z --priority high LOW --label a=(b|c)"
                    + " --label d=* --no-label e --no-label f -P app:2"
                    + " --submitted-after 2026-01-01 --submitted-before=2026-02-01")
                .split(" "));

    assertThat(ran.err()).isEmpty();
    sent(
        getRequestedFor(
            urlEqualTo(
                "/api/workflow?statuses=RUNNING&order=DESC&all_pools=True&tags=x&tags=y&tags=z&app=app%3A2"
                    + "&priority=HIGH&priority=LOW&label=a%3D%28b%7Cc%29&label=d%3D*&no_label=e&no_label=f"
                    + "&submitted_after=2026-01-01&submitted_before=2026-02-01&limit=20&offset=0")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--priority=urgent", "--submitted-after=yesterday", "--submitted-before=1"})
  default void an_invalid_workflow_filter_is_a_usage_error(String option) {
    assertThat(run("workflow", "list", option).code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_wide_list_also_shows_pool_app_and_duration() {
    everythingAnswers(
        okJson(
            "{\"workflows\":[{\"name\":\"a-1\",\"pool\":\"gpu\",\"app_name\":\"sim\",\"duration\":7}]}"));

    assertThat(run("workflow", "list", "--wide").out())
        .contains("| Pool | App | Seconds |")
        .contains("| gpu  | sim | 7       |");
    assertThat(run("workflow", "list").out()).doesNotContain("gpu");
  }

  @Test
  default void all_users_excludes_user_for_workflows() {
    everythingAnswers(okJson("{\"workflows\":[],\"more_entries\":false}"));

    assertThat(run("workflow", "list", "-a", "-u", "bob").code()).isEqualTo(2);
    assertThat(run("workflow", "list", "--all-users").code()).isZero();
    sent(
        getRequestedFor(
            urlEqualTo(
                "/api/workflow?order=DESC&all_users=True&all_pools=True&limit=20&offset=0")));
  }

  @Test
  default void list_fetches_further_pages_until_the_count_is_reached() {
    everythingAnswers(okJson("{\"workflows\":[],\"more_entries\":true}"));

    run("workflow", "list", "--count=1500");

    sent(
        getRequestedFor(urlEqualTo("/api/workflow?order=DESC&all_pools=True&limit=1000&offset=0")));
    sent(
        getRequestedFor(
            urlEqualTo("/api/workflow?order=DESC&all_pools=True&limit=500&offset=1000")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count=0", "--count=-1", "--offset=-1", "--count=many"})
  default void numbers_out_of_range_are_a_usage_error(String option) {
    assertThat(run("workflow", "list", option).code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void an_empty_list_is_a_sentence_or_an_empty_document() {
    everythingAnswers(okJson("{\"workflows\":[],\"more_entries\":false}"));

    assertThat(run("workflow", "list").out()).isEqualTo(Contracts.golden("workflow-list-empty"));
    assertThat(run("workflow", "list", "-t", "json").out())
        .isEqualTo("{\n  \"workflows\": []\n}\n");
  }

  @Test
  default void submit_sends_the_file_to_the_profiles_pool() {
    profileNames("\"default\"");
    accepts("default");

    CommandResult ran = run("workflow", "submit", file().toString());

    assertThat(ran.out())
        .isEqualTo(
            Contracts.golden(
                "workflow-submit", "name", "hello-1", "overview", "http://h/workflows/hello-1"));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    sent(
        postRequestedFor(urlEqualTo("/api/pool/default/workflow"))
            .withRequestBody(
                equalToJson(
                    """
                    {"file":%s,"set_variables":[],"set_string_variables":[],"uploaded_templated_spec":null}
                    """
                        .formatted(JsonNodeFactory.instance.textNode(YAML)))));
  }

  @Test
  default void submit_reads_standard_input() {
    accepts("gpu");

    assertThat(runTyping(YAML, "workflow", "submit", "-", "-p", "gpu").code()).isZero();
    sent(
        postRequestedFor(urlEqualTo("/api/pool/gpu/workflow"))
            .withRequestBody(
                equalToJson(
                    """
                    {"file":%s,"set_variables":[],"set_string_variables":[],"uploaded_templated_spec":null}
                    """
                        .formatted(JsonNodeFactory.instance.textNode(YAML)))));
    assertThat(runTyping("a: [1,", "workflow", "submit", "-", "-p", "gpu").err())
        .startsWith("Error: Standard input is not valid YAML");
  }

  @Test
  default void submit_to_a_named_pool_does_not_request_the_default() {
    accepts("gpu");

    assertThat(
            run("workflow", "submit", file().toString(), "-p", "gpu", "--priority", "high").code())
        .isZero();
    sent(postRequestedFor(urlEqualTo("/api/pool/gpu/workflow?priority=HIGH")));
    assertThat(server().getAllServeEvents()).hasSize(1);
  }

  @Test
  default void without_a_default_the_only_pool_is_used() {
    profileNames("null");
    server().stubFor(get("/api/pool").willReturn(okJson("{\"pools\":{\"only\":{}}}")));
    accepts("only");

    assertThat(run("workflow", "submit", file().toString()).code()).isZero();
  }

  @Test
  default void without_a_default_several_pools_are_an_error() {
    profileNames("null");
    server().stubFor(get("/api/pool").willReturn(okJson("{\"pools\":{\"a\":{},\"b\":{}}}")));

    CommandResult ran = run("workflow", "submit", file().toString());

    assertThat(ran.err()).contains("No default pool set").contains("--pool");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void submit_as_json_is_the_servers_response() {
    accepts("gpu");

    assertThat(run("workflow", "submit", file().toString(), "-p", "gpu", "-t", "json").out())
        .startsWith("{\n  \"name\": \"hello-1\",\n");
  }

  @Test
  default void a_refused_submission_has_its_own_exit_code() {
    everythingAnswers(problem(400, "Pool gpu does not exist"));

    CommandResult ran = run("workflow", "submit", file().toString(), "-p", "gpu");

    assertThat(ran.err()).startsWith("Error: Pool gpu does not exist.");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void an_unknown_pool_points_to_the_list_of_pools() {
    everythingAnswers(problem(404, "Pool gpu not found"));

    CommandResult ran = run("workflow", "submit", file().toString(), "-p", "gpu");

    assertThat(ran.err())
        .startsWith("Error: Pool gpu not found. See your pools: osmo profile list");
    assertThat(ran.code()).isEqualTo(5);
  }

  @Test
  default void a_submission_that_the_roles_do_not_allow_is_forbidden() {
    everythingAnswers(problem(403, "Access denied"));

    assertThat(run("workflow", "submit", file().toString(), "-p", "gpu").code()).isEqualTo(7);
  }

  @Test
  default void a_missing_file_is_named_before_a_request() {
    CommandResult ran = run("workflow", "submit", "no-such-file.yaml");

    assertThat(ran.err())
        .isEqualTo("Error: There is no workflow file no-such-file.yaml. Nothing was submitted.\n");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_directory_is_not_a_workflow_file() {
    assertThat(run("workflow", "submit", home().toString()).err())
        .startsWith("Error: Cannot read the workflow file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment\n",
        "just text",
        "- a\n- b\n",
        "a: [1,",
        "a: b: c",
        "a: 1\n---\nb: [",
        "\ta: 1"
      })
  default void a_file_without_a_yaml_mapping_is_refused_before_a_request(String text)
      throws IOException {
    Files.writeString(file(), text);

    CommandResult ran = run("workflow", "submit", file().toString());

    assertThat(ran.err()).startsWith("Error: " + file()).contains("Nothing was submitted.");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void malformed_yaml_is_reported_with_its_location() throws IOException {
    Files.writeString(file(), "a: 1\nb: c: d\n");

    assertThat(run("workflow", "submit", file().toString()).err()).contains("line 2");
  }

  @Test
  default void a_binary_file_is_refused() throws IOException {
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(run("workflow", "submit", file().toString()).err()).contains("not UTF-8");
  }

  @Test
  default void a_template_is_not_checked() throws IOException {
    String template = "workflow:\n  name: {{ name }}-x\n";
    Files.writeString(file(), template);
    accepts("gpu");

    assertThat(
            run("workflow", "submit", file().toString(), "-p", "gpu", "--set", "name=a", "n=1")
                .code())
        .isZero();
    sent(
        postRequestedFor(urlEqualTo("/api/pool/gpu/workflow"))
            .withRequestBody(
                equalToJson(
                    """
                    {"file":%s,"set_variables":["name=a","n=1"],"set_string_variables":[],"uploaded_templated_spec":null}
                    """
                        .formatted(JsonNodeFactory.instance.textNode(template)))));
  }

  @Test
  default void a_dry_run_prints_the_workflow_as_the_server_interprets_it() {
    server()
        .stubFor(
            post(urlPathEqualTo("/api/pool/gpu/workflow"))
                .willReturn(
                    okJson(
                        "{\"name\":\"hello-1\",\"logs\":null,\"spec\":\"workflow:\\n"
                            + "  name: hello\\n"
                            + "\"}")));

    assertThat(run("workflow", "submit", file().toString(), "-p", "gpu", "--dry-run").out())
        .isEqualTo("workflow:\n  name: hello\n");
    sent(postRequestedFor(urlEqualTo("/api/pool/gpu/workflow?dry_run=True")));
    assertThat(
            run("workflow", "submit", file().toString(), "-p", "gpu", "--dry-run", "--json=name")
                .out())
        .isEqualTo("{\n  \"name\": \"hello-1\"\n}\n");
  }

  private void profileNames(String pool) {
    server()
        .stubFor(
            get("/api/profile/settings")
                .willReturn(okJson("{\"profile\":{\"username\":\"u\",\"pool\":" + pool + "}}")));
  }

  private void accepts(String pool) {
    server()
        .stubFor(
            post(urlPathEqualTo("/api/pool/" + pool + "/workflow")).willReturn(okJson(SUBMITTED)));
  }
}
