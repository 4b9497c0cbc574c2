package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code logout --revoke}: revokes the token, or changes nothing. */
interface LogoutCommandContract extends CommandContract {
  String SELF = "/api/auth/access_token/self/revoke";

  default String otherToken() {
    return Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
  }

  default ResponseDefinitionBuilder exchangeProblem(String name) {
    return aResponse()
        .withStatus(401)
        .withHeader("Content-Type", "application/problem+json")
        .withBody("{\"type\":\"urn:osmo:problem:" + name + "\",\"message\":\"No\"}");
  }

  /** Each context gets a different JWT. */
  default String logInAs(String name, String token) {
    String jwt = FakeJwt.livingFor(300, name);
    server()
        .stubFor(
            post(urlEqualTo(EXCHANGE))
                .withRequestBody(containing(token))
                .willReturn(okJson("{\"token\":\"" + jwt + "\"}")));
    assertThat(run("login", url(), "--token=" + token, "--context", name).code()).isZero();
    server().resetRequests();
    return jwt;
  }

  @Test
  @Tag("I3")
  default void the_token_is_revoked_before_the_context_is_deleted() {
    logIn();
    everythingAnswers(okJson("null"));

    CommandResult ran = run("logout", "--revoke");

    assertThat(ran)
        .isEqualTo(new CommandResult(0, "The token is revoked.\nSuccessfully logged out.\n", ""));
    sent(postRequestedFor(urlEqualTo(SELF)));
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void an_unreachable_server_keeps_the_context() throws IOException {
    logIn();
    everythingAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    CommandResult ran = run("logout", "--revoke");

    assertThat(ran.err())
        .startsWith("Error: Cannot reach " + url())
        .contains("Context default is unchanged and its token may still be valid");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(10);
    assertThat(Files.readString(credentials())).contains(token());
  }

  @Test
  default void a_refused_revocation_keeps_the_context() throws IOException {
    logIn();
    everythingAnswers(problem(401, "Access Token is suspended"));

    CommandResult ran = run("logout", "--revoke");

    assertThat(ran.err()).contains("Access Token is suspended");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(Files.readString(credentials())).contains(token());
  }

  /** As after a revocation with a lost response. */
  @ParameterizedTest
  @ValueSource(strings = {"invalid-token", "token-revoked", "token-expired"})
  default void a_context_with_an_unusable_token_is_deleted(String problem) {
    logIn();
    everythingAnswers(exchangeProblem(problem));

    CommandResult ran = run("logout", "--revoke");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(
                0,
                "Successfully logged out.\n",
                "The token of context default was already unusable.\n"));
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-suspended", "token-rotated", "owner-disabled"})
  default void a_context_whose_token_may_work_again_is_kept(String problem) throws IOException {
    logIn();
    everythingAnswers(exchangeProblem(problem));

    CommandResult ran = run("logout", "--revoke");

    assertThat(ran.err()).contains("its token may still be valid");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(Files.readString(credentials())).contains(token());
  }

  @Test
  default void an_unusable_token_does_not_prevent_logout_all() {
    logInAs("one", token());
    logInAs("two", otherToken());
    everythingAnswers(exchangeProblem("invalid-token"));

    CommandResult ran = run("logout", "--all", "--revoke");

    assertThat(ran.err().lines())
        .containsExactly(
            "The token of context one was already unusable.",
            "The token of context two was already unusable.");
    assertThat(ran.code()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void other_contexts_are_kept_unless_they_have_the_same_token() {
    logInAs("one", token());
    logInAs("same", token());
    logInAs("other", otherToken());
    everythingAnswers(okJson("null"));

    assertThat(run("logout", "--revoke", "--context", "one").code()).isZero();

    assertThat(run("context", "list", "--json=name").out())
        .isEqualTo("[\n  {\n    \"name\": \"other\"\n  }\n]\n");
  }

  @Test
  default void all_contexts_are_tried_and_the_failed_ones_are_kept() {
    String refused = logInAs("one", token());
    logInAs("two", otherToken());
    everythingAnswers(okJson("null"));
    server()
        .stubFor(
            post(urlEqualTo(SELF))
                .withHeader("Authorization", containing(refused))
                .willReturn(problem(403, "Not this one")));

    CommandResult ran = run("logout", "--all", "--revoke");

    assertThat(ran.err()).startsWith("Error: Not this one.").contains("Context one is unchanged");
    assertThat(ran.code()).isEqualTo(7);
    assertThat(run("context", "list", "-q").out()).isEqualTo("one\n");
  }

  @Test
  default void without_a_login_there_is_nothing_to_revoke() {
    CommandResult ran = run("logout", "--revoke");

    assertThat(ran.err()).startsWith("Error: You are not logged in.");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(run("logout", "--all", "--revoke").code()).isEqualTo(4);
    nothingWasSent();
  }

  /** Another context in it may have the only copy of a token. */
  @ParameterizedTest
  @ValueSource(strings = {"logout", "logout --context=one"})
  default void a_damaged_file_is_deleted_only_by_logout_all(String command) throws IOException {
    logInAs("one", token());
    logInAs("two", otherToken());
    String damaged = Files.readString(credentials()).replaceFirst("\"jwt\"", "\"jw");
    Files.writeString(credentials(), damaged);

    CommandResult ran = run(command.split(" "));

    assertThat(ran.err()).contains("is damaged").contains("osmo logout --all");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(4);
    assertThat(credentials()).hasContent(damaged);
    assertThat(run("logout", "--all").code()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void logout_of_a_missing_context_is_an_error() throws IOException {
    CommandResult before = run("logout", "--context=typo");
    logInAs("one", token());

    CommandResult ran = run("logout", "--context=typo");

    assertThat(ran.err()).startsWith("Error: There is no context named typo.");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(5);
    assertThat(before).isEqualTo(ran);
    assertThat(Files.readString(credentials())).contains(token());
  }

  @Test
  default void logout_prints_json() {
    logIn();

    assertThat(run("logout", "-t", "json").out())
        .isEqualTo("{\n  \"logged_out\": true,\n  \"revoked\": false\n}\n");
    nothingWasSent();
  }
}
