package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations of denials, in the shapes that both services promise. */
interface ExplainCommandContract extends CommandContract {
  JsonNode DENIALS =
      Contracts.json(Contracts.text(Contracts.DOCS.resolve("contracts/denials.json")));

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @ParameterizedTest
  @CsvSource({
    "owner-disabled, Active",
    "leak-report, Revoked",
    "revoked, Revoked",
    "expired, Expired",
    "suspended, Suspended",
    "rotated-out, Active",
    "no-roles-left, No roles",
    "owner-must-sign-in, Sign in again",
    "role-removed, Active",
  })
  default void explain_shows_the_cause_and_the_command_to_type_next(String reason, String state) {
    JsonNode cause = cause(reason);
    everythingAnswers(okJson(history(cause, state).toString()));

    CommandResult ran = run("token", "explain", "my-token");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                0,
                Contracts.golden(
                    "token-explain-" + reason, "message", cause.path("message").asText()),
                ""));
    sent(getRequestedFor(urlEqualTo("/api/auth/access_token/my-token/history")));
    assertThat(Contracts.json(run("token", "explain", "my-token", "-t", "json").out()))
        .isEqualTo(history(cause, state));
  }

  @Test
  default void an_administrator_explains_the_token_of_another_user() {
    everythingAnswers(okJson(DENIALS.path("history").path("response").toString()));

    assertThat(run("token", "explain", "my-token", "-u", "bob").code()).isZero();
    sent(getRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/my-token/history")));
  }

  @Test
  @Tag("I3")
  default void auth_explain_shows_why_the_exchange_is_refused() throws Exception {
    letTheJwtGetOld();
    JsonNode denial = DENIALS.path("refusals").path("no-roles-left").path("denial");
    refuse(denial);

    CommandResult ran = run("auth", "explain");

    String message = denial.path("message").asText();
    assertThat(ran.out())
        .isEqualTo(Contracts.golden("auth-explain-refused", "message", message, "url", url()));
    assertThat(ran.err())
        .isEqualTo(
            "Error: "
                + message
                + " Sign in another way first: osmo login "
                + url()
                + "; then osmo token delete my-token; then osmo token set my-token\n");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(Contracts.json(run("auth", "explain", "-t", "json").out())).isEqualTo(denial);
  }

  @Test
  @Tag("I3")
  default void every_command_says_why_the_exchange_is_refused() throws Exception {
    letTheJwtGetOld();
    JsonNode denial = DENIALS.path("refusals").path("no-roles-left").path("denial");
    refuse(denial);

    assertThat(run("token", "list").err()).contains(denial.path("message").asText());
  }

  /** The refused token cannot be used for the advice. */
  @ParameterizedTest
  @ValueSource(strings = {"suspended", "expired", "no-roles-left"})
  default void the_advice_begins_with_another_sign_in(String reason) throws Exception {
    letTheJwtGetOld();
    JsonNode denial = cause(reason);
    server().stubFor(get(urlEqualTo("/api/version")).willReturn(okJson("{}")));
    refuse(denial);
    String advice =
        "ign in another way first: osmo login "
            + url()
            + "; then "
            + String.join(
                "; then ", denial.path("next").valueStream().map(JsonNode::asText).toList());

    assertThat(run("token", "list").err()).endsWith(". S" + advice + "\n");
    assertThat(run("login", url(), "--token=" + token()).err()).endsWith(". S" + advice + "\n");
    assertThat(run("doctor").out()).contains("S" + advice);
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());
    assertThat(run("token", "list").err()).endsWith(". Unset OSMO_TOKEN and s" + advice + "\n");
  }

  @Test
  default void the_source_of_an_unknown_token_is_named() throws Exception {
    server()
        .stubFor(
            post(urlPathEqualTo(EXCHANGE))
                .willReturn(
                    okJson("{\"type\":\"urn:osmo:problem:invalid-token\",\"message\":\"No.\"}")
                        .withStatus(401)));
    Path file = Files.writeString(home().resolve("t"), token());
    String why = ": the token may be deleted, or of another server.\n";

    assertThat(run("login", url(), "--token=" + token()).err())
        .endsWith("Error: No. Check --token" + why);
    assertThat(run("login", url(), "--token-file=" + file).err())
        .endsWith("Error: No. Check the file " + file + why);
    assertThat(runTyping(token(), "login", url(), "--token-file=-").err())
        .endsWith("Error: No. Check standard input" + why);
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN_FILE", file.toString());
    assertThat(run("token", "list").err())
        .endsWith("Error: No. Check the file " + file + " of OSMO_TOKEN_FILE" + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role-removed | Next: osmo token explain my-token",
        "role-never-held | Ask an administrator for a role that allows this.",
        "jwt-downscoped | Use a JWT that was requested with this role.",
      })
  default void a_403_says_what_happened_to_the_role(String reason, String next) {
    JsonNode denial = DENIALS.path("refusals").path("forbidden: " + reason).path("denial");
    ObjectNode problem = Contracts.json("{\"status\":403,\"message\":\"Not allowed.\"}").deepCopy();
    problem.set("denial", denial);
    everythingAnswers(okJson(problem.toString()).withStatus(403));

    CommandResult ran = run("user", "list");

    assertThat(ran.err())
        .isEqualTo("Error: " + denial.path("message").asText() + " " + next + "\n");
    assertThat(ran.code()).isEqualTo(7);
  }

  @Test
  default void the_list_shows_a_token_without_roles() {
    everythingAnswers(
        okJson(
            """
            [{"token_name":"a","description":"","expires_at":"2999-01-01T00:00:00","state":"No roles","roles":[]},
             {"token_name":"b","description":"","expires_at":"2999-01-01T00:00:00","state":"Active","roles":[]},
             {"token_name":"c","description":"","expires_at":"2999-01-01T00:00:00","state":"Revoked","roles":[]}]
            """));

    assertThat(run("token", "list", "--no-headers").out())
        .isEqualTo(
            "a    No roles  2999-01-01\nb    No roles  2999-01-01\nc    Revoked   2999-01-01\n");
    run("token", "list", "--state=no_roles");
    sent(getRequestedFor(urlEqualTo("/api/auth/access_token?state=no_roles")));
  }

  private void refuse(JsonNode denial) {
    ObjectNode problem =
        Contracts.json(
                "{\"type\":\"urn:osmo:problem:no-roles-left\",\"message\":\"No roles left.\"}")
            .deepCopy();
    problem.set("denial", denial);
    server()
        .stubFor(
            post(urlPathEqualTo(EXCHANGE)).willReturn(okJson(problem.toString()).withStatus(401)));
  }

  private static JsonNode cause(String reason) {
    JsonNode example = DENIALS.path("history").path("response").path("causes").path(0);
    return example.path("reason").asText().equals(reason)
        ? example
        : DENIALS
            .path("causes")
            .valueStream()
            .filter(cause -> cause.path("reason").asText().equals(reason))
            .findFirst()
            .orElseThrow();
  }

  private static ObjectNode history(JsonNode cause, String state) {
    ObjectNode history = DENIALS.path("history").path("response").deepCopy();
    history.put("state", state);
    history.putArray("causes").add(cause);
    String reason = cause.path("reason").asText();
    if (!reason.equals("no-roles-left")) {
      history.putArray("roles").add("osmo-user");
    }
    if (!reason.contains("role")) {
      history.putArray("removed_roles");
    }
    return history;
  }
}
