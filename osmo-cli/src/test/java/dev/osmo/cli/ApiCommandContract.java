package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface ApiCommandContract extends CommandContract {
  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  default void the_body_is_printed_byte_for_byte() {
    String jwt = logIn();
    everythingAnswers(aResponse().withBody("{\"a\":\n\t1}"));

    CommandResult ran = run("api", "get", "/api/version?x=1&y=a%20b");

    assertThat(ran).isEqualTo(new CommandResult(0, "{\"a\":\n\t1}", ""));
    sent(
        getRequestedFor(urlEqualTo("/api/version?x=1&y=a%20b"))
            .withHeader("Authorization", equalTo("Bearer " + jwt))
            .withRequestBody(absent()));
  }

  @Test
  default void data_and_headers_are_sent_as_typed() {
    everythingAnswers(okJson("null"));

    run("api", "POST", "/api/x", "-d", "a=ü", "-H", "Content-Type: text/plain", "-H", "X-A: b");

    sent(
        postRequestedFor(urlEqualTo("/api/x"))
            .withHeader("Content-Type", equalTo("text/plain"))
            .withHeader("X-A", equalTo("b"))
            .withRequestBody(equalTo("a=ü")));
  }

  @Test
  default void data_may_come_from_a_file_or_the_standard_input() throws IOException {
    everythingAnswers(okJson("null"));
    Files.writeString(home().resolve("data"), "from the file");

    run("api", "PUT", "/api/x", "--data", "@~/data");
    runTyping("typed", "api", "PUT", "/api/x", "--data", "@-");

    sent(putRequestedFor(urlEqualTo("/api/x")).withRequestBody(equalTo("from the file")));
    sent(putRequestedFor(urlEqualTo("/api/x")).withRequestBody(equalTo("typed")));
  }

  @Test
  default void a_missing_data_file_is_named() {
    CommandResult ran = run("api", "PUT", "/api/x", "--data=@nowhere");

    assertThat(ran.err()).contains("nowhere");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void an_error_response_is_printed_and_sets_the_exit_code() {
    everythingAnswers(problem(404, "Token x not found"));

    CommandResult ran = run("api", "GET", "/api/auth/access_token/x/roles");

    assertThat(ran.out()).contains("\"detail\":\"Token x not found\"");
    assertThat(ran.err()).startsWith("Error: Token x not found.");
    assertThat(ran.code()).isEqualTo(5);
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "https://elsewhere.example.com/x",
        "//elsewhere.example.com/x",
        "@elsewhere.example.com/x",
        ".elsewhere.example.com/",
        "api/version",
        "",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a b",
        "/a#b"
      })
  default void only_a_path_below_the_server_is_allowed(String path) {
    CommandResult ran = run("api", "GET", path);

    assertThat(ran.err()).contains("is not a path");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  @Tag("I1")
  default void a_token_in_the_path_is_refused_and_not_printed() {
    CommandResult ran = run("api", "GET", "/api/x?token=" + token());

    assertThat(ran.err()).contains("access token").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer x",
        "authorization: x",
        "Host: x",
        "Content-Length: 3",
        "no colon",
        "A b: c",
        "A: b\r\nC: d"
      })
  default void no_header_replaces_a_reserved_one_or_injects_another(String header) {
    CommandResult ran = run("api", "GET", "/api/x", "-H", header);

    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "GE T", "", "G\nET"})
  default void an_invalid_method_is_refused(String method) {
    assertThat(run("api", method, "/api/x").code()).isEqualTo(2);
    nothingWasSent();
  }
}
