package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens without a secret, and workloads that use them. */
interface WorkloadCommandContract extends CommandContract {
  String TOKEN = "/oauth2/token";
  String LIST = "/api/auth/access_token";
  String PAT = "pat_0000000000000000000001";
  String TRUST = "github:acme/app@refs/heads/main";

  @Test
  default void set_with_trust_prints_the_id_and_no_secret() {
    logIn();
    everythingAnswers(okJson("\"" + PAT + "\""));

    CommandResult ran = run("token", "set", "ci", "--trust", TRUST, "--expires-in", "90d");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                0,
                """
                Note: The token has no secret. Only the trusted workload can use it.
                Token ID: %s
                Trusts: %s
                """
                    .formatted(PAT, TRUST),
                ""));
    sent(
        postRequestedFor(
            urlEqualTo(
                LIST + "/ci?expires_in=90d&trust=github%3Aacme%2Fapp%40refs%2Fheads%2Fmain")));
  }

  @Test
  default void set_with_trust_prints_the_id_for_scripts() {
    logIn();
    everythingAnswers(okJson("\"" + PAT + "\""));

    assertThat(run("token", "set", "ci", "--trust", TRUST, "-q").out()).isEqualTo(PAT + "\n");
    assertThat(run("token", "set", "ci", "--trust", TRUST, "-t", "json").out())
        .isEqualTo("{\"id\": \"" + PAT + "\"}\n");
    assertThat(run("token", "set", "ci", "--trust", TRUST, "--jq", ".id").out())
        .isEqualTo(PAT + "\n");
    assertThat(run("token", "set", "ci", "--trust", TRUST, "--json=token").code()).isEqualTo(2);
  }

  @Test
  default void show_prints_the_trusted_workload() {
    logIn();
    everythingAnswers(
        okJson(
            """
            {"id":"%s","user_name":"user@example.com","token_name":"ci","expires_at":"2027-01-01T00:00:00",
             "description":"","roles":["osmo-user"],"created_at":"2026-11-01T10:00:00Z","state":"Active",
             "created_by":"user@example.com","derived_tokens":0,"secrets":[],
             "trust":{"issuer":"https://issuer.test","audience":"osmo","subject":"repo:acme/app:ref:refs/heads/main",
                      "first_used_at":"2026-11-02T10:00:00Z","revoked_at":null}}
            """
                .formatted(PAT)));

    assertThat(run("token", "show", "ci").out())
        .endsWith(
            """
            Trusted workload:
              - issuer https://issuer.test
              - audience osmo
              - subject repo:acme/app:ref:refs/heads/main
              - first used 2026-11-02 10:00:00
            """);
  }

  @Test
  default void a_workload_exchanges_the_token_in_its_file() throws IOException {
    String workload = workloadToken("7");
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN_FILE", "~/token");
    Files.writeString(home().resolve("token"), workload + "\n");

    CommandResult ran = run("token", "list", "-t", "json");

    assertThat(ran).isEqualTo(new CommandResult(0, "[]\n", ""));
    sent(
        postRequestedFor(urlEqualTo(TOKEN))
            .withRequestBody(
                equalTo(
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                        + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"
                        + "&subject_token="
                        + workload
                        + "&osmo_pat="
                        + PAT)));
    sent(getRequestedFor(urlEqualTo(LIST)).withHeader("Authorization", equalTo("Bearer " + jwt())));
  }

  @Test
  @Tag("I1")
  default void nothing_of_a_workload_is_stored_or_printed() throws IOException {
    String workload = workloadToken("7");
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN", workload);

    CommandResult ran = run("token", "list", "--debug");

    assertThat(ran.out() + ran.err()).doesNotContain(workload).doesNotContain(jwt());
    assertThat(config()).doesNotExist();
  }

  @Test
  default void the_access_token_may_be_named_by_its_owner_and_name() {
    inAWorkload();
    variable("OSMO_WORKLOAD_PAT", "user@example.com/ci");
    variable("OSMO_WORKLOAD_TOKEN", workloadToken("7"));

    assertThat(run("token", "list").code()).isZero();
    sent(
        postRequestedFor(urlEqualTo(TOKEN))
            .withRequestBody(containing("&osmo_pat=user%40example.com%2Fci")));
  }

  @Test
  default void github_actions_is_asked_for_a_token_for_this_server() {
    String workload = workloadToken("github");
    inAWorkload();
    variable("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/run//idtoken/7?api-version=2.0");
    variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token");
    server()
        .stubFor(
            get(urlPathEqualTo("/run//idtoken/7"))
                .willReturn(okJson("{\"count\":1,\"value\":\"" + workload + "\"}")));

    assertThat(run("token", "list").code()).isZero();

    String audience = url().replace(":", "%3A").replace("/", "%2F");
    sent(
        getRequestedFor(urlEqualTo("/run//idtoken/7?api-version=2.0&audience=" + audience))
            .withHeader("Authorization", equalTo("Bearer request-token")));
    sent(postRequestedFor(urlEqualTo(TOKEN)).withRequestBody(containing(workload)));
  }

  @Test
  default void the_audience_in_github_actions_can_be_set() {
    inAWorkload();
    variable("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/idtoken?v=2");
    variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token");
    variable("OSMO_WORKLOAD_AUDIENCE", "osmo");
    server()
        .stubFor(
            get(urlPathEqualTo("/idtoken"))
                .willReturn(okJson("{\"value\":\"" + workloadToken("1") + "\"}")));

    assertThat(run("token", "list").code()).isZero();
    sent(getRequestedFor(urlEqualTo("/idtoken?v=2&audience=osmo")));
  }

  @Test
  default void the_request_token_of_github_is_not_sent_unencrypted() {
    inAWorkload();
    variable("ACTIONS_ID_TOKEN_REQUEST_URL", notLoopback() + "/idtoken?v=2");
    variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token");

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("unencrypted");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_job_that_github_refuses_learns_the_missing_permission() {
    inAWorkload();
    variable("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/idtoken?v=2");
    server().stubFor(get(urlPathEqualTo("/idtoken")).willReturn(aResponse().withStatus(403)));

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .isEqualTo(
            "Error: GitHub issued no token for this job (status 403). The job needs the permission"
                + " id-token: write.\n");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  default void a_workload_without_a_token_learns_what_to_set() {
    inAWorkload();

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .isEqualTo(
            "Error: OSMO_WORKLOAD_PAT is set, but this workload has no token. Set"
                + " OSMO_WORKLOAD_TOKEN_FILE or OSMO_WORKLOAD_TOKEN. In GitHub Actions, add the"
                + " permission id-token: write.\n");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-jwt", "a.b", "a.b.c.d", "{\"token\": \"x\"}"})
  default void a_file_without_a_token_is_refused_before_a_request(String content)
      throws IOException {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN_FILE", "~/token");
    Files.writeString(home().resolve("token"), content);

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).startsWith("Error: The workload token is not a JWT.");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_missing_file_is_named() {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN_FILE", "~/absent");

    assertThat(run("token", "list").err())
        .startsWith("Error: Cannot read the workload token file ~/absent.");
  }

  @ParameterizedTest
  @CsvSource({"OSMO_TOKEN, OSMO_WORKLOAD_PAT", "OSMO_TOKEN_FILE, OSMO_WORKLOAD_PAT"})
  default void a_token_and_a_workload_at_the_same_time_are_an_error(String one, String other) {
    inAWorkload();
    variable(one, token());

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .isEqualTo("Error: " + one + " and " + other + " are both set. Unset one.\n");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_refused_workload_learns_what_it_presented() {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN", workloadToken("7"));
    server().stubFor(post(urlEqualTo(TOKEN)).willReturn(refusal()));

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .isEqualTo(
            "Error: The workload is not trusted. This workload has the issuer https://issuer.test,"
                + " the audience osmo and the subject repo:acme/app:ref:refs/heads/main.\n");
    assertThat(ran.code()).isEqualTo(4);
  }

  private static ResponseDefinitionBuilder refusal() {
    return aResponse()
        .withStatus(400)
        .withHeader("Content-Type", "application/json")
        .withBody(
            "{\"error\":\"invalid_grant\",\"error_description\":\"The workload is not trusted\"}");
  }

  @Test
  default void a_downscoped_jwt_is_requested_with_the_same_workload() {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN", workloadToken("7"));

    assertThat(run("auth", "token", "--roles", "osmo-user").out()).isEqualTo(jwt() + "\n");
    sent(postRequestedFor(urlEqualTo(TOKEN)).withRequestBody(containing("&scope=osmo-user")));
  }

  @Test
  default void the_token_of_the_workload_is_read_again_for_each_exchange() throws IOException {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN_FILE", "~/token");
    for (String id : new String[] {"first", "second"}) {
      Files.writeString(home().resolve("token"), workloadToken(id));

      assertThat(run("auth", "refresh").code()).isZero();

      assertThat(
              server()
                  .findAll(
                      postRequestedFor(urlEqualTo(TOKEN))
                          .withRequestBody(containing(workloadToken(id)))))
          .isNotEmpty();
    }
  }

  @Test
  default void a_sidecar_writes_the_jwt_of_the_workload() throws IOException {
    inAWorkload();
    variable("OSMO_WORKLOAD_TOKEN", workloadToken("7"));
    Path sink = home().resolve("sink");

    assertThat(run("sidecar", "once", "--sink", "file:" + sink).code()).isZero();

    assertThat(Files.readString(sink)).isEqualTo(jwt());
  }

  /** One JWT for all of a test. */
  private String jwt() {
    Path file = home().resolve("jwt-of-the-test");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, FakeJwt.livingFor(300, "workload"));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void inAWorkload() {
    variable("OSMO_URL", url());
    variable("OSMO_WORKLOAD_PAT", PAT);
    everythingAnswers(okJson("[]"));
    server()
        .stubFor(
            post(urlEqualTo(TOKEN)).willReturn(okJson("{\"access_token\":\"" + jwt() + "\"}")));
  }

  private static String workloadToken(String id) {
    return FakeJwt.withClaims(
        """
        {"iss":"https://issuer.test","aud":"osmo","sub":"repo:acme/app:ref:refs/heads/main","jti":"%s"}
        """
            .formatted(id));
  }
}
