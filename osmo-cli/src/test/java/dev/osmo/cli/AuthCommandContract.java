package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface AuthCommandContract extends CommandContract {
  String SETTINGS =
      """
      {"profile":{"username":"user@example.com","pool":"default"},"roles":["osmo-user","osmo-ml-team"],
       "pools":["default"],"token":{"name":"ci-token","expires_at":"2027-01-01T00:00:00"}}
      """;

  @Test
  default void status_shows_the_origin_the_expiry_and_the_roles() {
    logIn();
    settingsAnswer();

    CommandResult ran = run("auth", "status");

    assertThat(ran.out())
        .isEqualTo(
            Contracts.golden(
                "auth-status",
                "url",
                url(),
                "source",
                "context default in " + credentials(),
                "jwt_expires_at",
                ran.out().replaceAll("(?s).*JWT expires at \\(UTC\\): (\\S+)\n.*", "$1")));
    assertThat(ran.code()).isZero();
  }

  @Test
  default void status_shows_when_the_owner_of_the_token_must_sign_in() throws IOException {
    logIn();
    everythingAnswers(
        okJson(
            SETTINGS.replace(
                "\"pools\"", "\"sign_in_due_at\":\"2026-12-24T08:00:00.5Z\",\"pools\"")));

    assertThat(run("auth", "status").out())
        .contains("\nSign-in due at (UTC): 2026-12-24T08:00:00Z\nJWT expires at (UTC): ");
    assertThat(json(run("auth", "status", "-t", "json").out()).path("sign_in_due_at").asText())
        .isEqualTo("2026-12-24T08:00:00.500Z");
  }

  @Test
  default void status_as_json_names_the_environment() throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));
    settingsAnswer();
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());

    JsonNode status = json(run("auth", "status", "-t", "json").out());

    assertThat(status.path("source").asText()).isEqualTo("OSMO_TOKEN");
    assertThat(status.path("roles")).hasSize(2);
    assertThat(status.path("token_expires_at").asText()).matches("\\S+T\\S+Z");
    assertThat(Instant.parse(status.path("jwt_expires_at").asText())).isAfter(Instant.now());
  }

  @Test
  @Tag("I3")
  default void the_status_of_an_unusable_token_is_exit_code_4() {
    logIn();
    everythingAnswers(problem(401, "Access Token has expired"));

    CommandResult ran = run("auth", "status");

    assertThat(ran.out())
        .isEqualTo("Server: " + url() + "\nLogin from: context default in " + credentials() + "\n");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(run("auth", "status", "-t", "json").out()).isEmpty();
  }

  @Test
  default void the_status_of_a_mistyped_token_is_exit_code_4() {
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token().substring(1));

    CommandResult ran = run("auth", "status");

    assertThat(ran.err()).contains("not an OSMO token");
    assertThat(ran.code()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "whoami", "token", "refresh", "explain"})
  default void without_a_login_every_command_is_exit_code_4(String verb) {
    assertThat(run("auth", verb).code()).isEqualTo(4);
  }

  @Test
  default void whoami_prints_only_the_user() {
    logIn();

    assertThat(run("auth", "whoami")).isEqualTo(new CommandResult(0, "user@example.com\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "raw | {jwt}",
        "header | Authorization: Bearer {jwt}",
        "env | export OSMO_JWT={jwt}",
      })
  default void the_jwt_is_printed_in_the_requested_format(String format, String expected) {
    String jwt = logIn();

    CommandResult ran = run("auth", "token", "--format", format);

    assertThat(ran).isEqualTo(new CommandResult(0, expected.replace("{jwt}", jwt) + "\n", ""));
  }

  @Test
  default void the_jwt_as_json_has_its_expiry_and_server() throws IOException {
    String jwt = logIn();

    JsonNode json = json(run("auth", "token", "--format=json").out());

    assertThat(json.path("token").asText()).isEqualTo(jwt);
    assertThat(json.path("server").asText()).isEqualTo(url());
    assertThat(Instant.parse(json.path("expires_at").asText())).isAfter(Instant.now());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1"})
  default void kubectl_gets_its_credential_in_the_requested_version(String version)
      throws IOException {
    String jwt = logIn();
    variable(
        "KUBERNETES_EXEC_INFO",
        "{\"apiVersion\":\"client.authentication.k8s.io/"
            + version
            + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");

    JsonNode json = json(run("auth", "token", "--format=exec-credential").out());

    assertThat(json.path("apiVersion").asText())
        .isEqualTo("client.authentication.k8s.io/" + version);
    assertThat(json.path("kind").asText()).isEqualTo("ExecCredential");
    assertThat(json.path("status").path("token").asText()).isEqualTo(jwt);
    Instant end = Instant.parse(json.path("status").path("expirationTimestamp").asText());
    assertThat(end).isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}", "{}", "not json"})
  default void an_unsupported_kubernetes_api_version_is_refused(String execInfo) {
    logIn();
    variable("KUBERNETES_EXEC_INFO", execInfo);

    CommandResult ran = run("auth", "token", "--format=exec-credential");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("client.authentication.k8s.io/v1");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void the_docker_format_has_server_user_and_secret() throws IOException {
    String jwt = logIn();

    JsonNode json = json(run("auth", "token", "--format=docker").out());

    assertThat(json.path("ServerURL").asText()).isEqualTo(url());
    assertThat(json.path("Secret").asText()).isEqualTo(jwt);
    assertThat(json.path("Username").asText()).isNotEmpty();
  }

  @Test
  default void an_unknown_format_is_refused_with_the_list_of_formats() {
    logIn();

    CommandResult ran = run("auth", "token", "--format=xml");

    assertThat(ran.err()).contains("raw, header, json, env, exec-credential, docker");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  @Tag("I6")
  default void a_downscoped_jwt_is_requested_each_time_and_never_saved() {
    String saved = logIn();
    String narrow = FakeJwt.livingFor(300, "narrow");
    server()
        .stubFor(
            post(urlEqualTo("/oauth2/token"))
                .willReturn(okJson("{\"access_token\":\"" + narrow + "\",\"expires_in\":300}")));

    assertThat(run("auth", "token", "--audience=registry", "--roles", "a,b"))
        .isEqualTo(new CommandResult(0, narrow + "\n", ""));
    assertThat(run("auth", "token").out()).isEqualTo(saved + "\n");
    assertThat(run("auth", "token", "--roles=a").out()).isEqualTo(narrow + "\n");

    server().verify(2, postRequestedFor(urlEqualTo("/oauth2/token")));
    sent(
        postRequestedFor(urlEqualTo("/oauth2/token"))
            .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
            .withHeader("Authorization", absent())
            .withRequestBody(
                equalTo(
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                        + "&subject_token_type=urn%3Aosmo%3Aparams%3Aoauth%3Atoken-type%3Apat"
                        + "&subject_token="
                        + token()
                        + "&audience=registry&scope=a+b")));
    assertThat(exchanges()).isZero();
  }

  @ParameterizedTest
  @Tag("I6")
  @CsvSource(
      delimiter = '|',
      value = {
        "invalid_target | 2 | Ask the operator of the server which audiences are allowed.",
        "invalid_grant | 4 | See why: osmo auth explain",
      })
  default void a_refused_downscoping_says_why(String error, int code, String next) {
    logIn();
    server()
        .stubFor(
            post(urlEqualTo("/oauth2/token"))
                .willReturn(
                    okJson("{\"error\":\"" + error + "\",\"error_description\":\"Not this.\"}")
                        .withStatus(400)));

    assertThat(run("auth", "token", "--audience=x"))
        .isEqualTo(new CommandResult(code, "", "Error: Not this. " + next + "\n"));
  }

  @ParameterizedTest
  @Tag("I6")
  @ValueSource(strings = {"auth token --roles=a,b", "run --roles=a,b -- true"})
  default void roles_that_are_not_held_are_named(String command) {
    logIn();
    server()
        .stubFor(
            post(urlEqualTo("/oauth2/token"))
                .willReturn(
                    okJson("{\"error\":\"invalid_scope\",\"error_description\":\"Scope.\"}")
                        .withStatus(400)));

    assertThat(run(command.split(" ")))
        .isEqualTo(
            new CommandResult(
                2,
                "",
                "Error: You have none of the requested roles: a, b. See your roles: osmo auth"
                    + " status\n"));
  }

  @Test
  @Tag("I6")
  default void a_jwt_without_some_of_the_requested_roles_is_printed_with_a_warning() {
    logIn();
    String jwt = FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"roles\":[\"a\"]}");
    server()
        .stubFor(
            post(urlEqualTo("/oauth2/token"))
                .willReturn(okJson("{\"access_token\":\"" + jwt + "\"}")));

    assertThat(run("auth", "token", "--roles=a,b"))
        .isEqualTo(
            new CommandResult(
                0,
                jwt + "\n",
                "Warning: The JWT does not have these roles, because you do not have them: b\n"));
    assertThat(run("auth", "token", "--roles=a").err()).isEmpty();
  }

  /** Otherwise the JWT from before would hide that the token is refused. */
  @Test
  @Tag("I3")
  default void after_a_refused_downscoping_the_saved_jwt_is_no_answer() {
    logIn();
    server()
        .stubFor(
            post(urlEqualTo("/oauth2/token"))
                .willReturn(
                    okJson("{\"error\":\"invalid_grant\",\"error_description\":\"Not this.\"}")
                        .withStatus(400)));
    server().stubFor(post(urlEqualTo(EXCHANGE)).willReturn(problem(401, "It has been revoked")));

    assertThat(run("auth", "token", "--audience=x").code()).isEqualTo(4);

    assertThat(run("auth", "token").code()).isEqualTo(4);
    assertThat(exchanges()).isEqualTo(1);
  }

  @Test
  default void refresh_exchanges_even_if_the_jwt_is_valid() {
    logIn();
    String second = FakeJwt.livingFor(300, "second");
    exchangeAnswers(second);

    CommandResult ran = run("auth", "refresh");

    assertThat(ran.out()).startsWith("JWT renewed until ");
    assertThat(exchanges()).isEqualTo(1);
    assertThat(run("auth", "token").out()).isEqualTo(second + "\n");
  }

  @Test
  @Tag("I1")
  default void explain_shows_the_claims_but_not_the_jwt() {
    String jwt = logIn();

    CommandResult ran = run("auth", "explain");

    assertThat(ran.out())
        .contains("  alg: ES256\n", "  name: user@example.com\n", "  aud: osmo\n")
        .containsPattern("  exp: \\d+ \\(\\d{4}-\\d\\d-\\d\\dT\\S+Z, in \\d+ s\\)\n");
    for (String part : jwt.split("\\.", -1)) {
      assertThat(ran.out()).doesNotContain(part);
    }
    assertThat(ran.out()).doesNotContain(token());
  }

  @Test
  default void explain_reads_an_untrusted_jwt_from_standard_input() throws IOException {
    String jwt = FakeJwt.withClaims("{\"exp\":1,\"iat\":-9e99,\"sub\":\"\\u001b[31mred\"}");

    CommandResult text = runTyping(jwt + "\n", "auth", "explain", "--stdin");
    CommandResult json = runTyping(jwt, "auth", "explain", "--stdin", "-t", "json");

    assertThat(text.out()).contains("  exp: 1 (1970-01-01T00:00:01Z, ").contains(" s ago)");
    assertThat(text.out()).doesNotContain("\u001b");
    assertThat(json(json.out()).path("claims").path("exp").asInt()).isEqualTo(1);
  }

  @Test
  default void a_token_is_not_explained_as_a_jwt_and_not_printed() {
    CommandResult ran = runTyping(token(), "auth", "explain", "--stdin");

    assertThat(ran.err()).contains("does not contain a JWT").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
  }

  private void settingsAnswer() {
    server().stubFor(get(urlEqualTo("/api/profile/settings")).willReturn(okJson(SETTINGS)));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
