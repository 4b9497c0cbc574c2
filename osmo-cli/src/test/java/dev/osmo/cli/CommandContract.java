package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the contracts of all commands share: a command line, HTTP requests to a server whose
 * responses the test defines, and a home directory. Does not define how the command runs: the same
 * contracts apply to the program on a JVM and to the native binary.
 */
interface CommandContract {
  String EXCHANGE = "/api/auth/jwt/access_token";

  WireMockServer server();

  Path home();

  /** A token with a valid checksum, which no server accepts. */
  String token();

  /** Sets an environment variable for the following commands. */
  void variable(String name, String value);

  /** Sets the time zone of the following commands. */
  void timeZone(String name);

  CommandResult runTyping(String input, String... args);

  default CommandResult run(String... args) {
    return runTyping("", args);
  }

  default String url() {
    return "http://localhost:" + server().port();
  }

  /** An address of the server that osmo does not recognize as local. */
  default String notLoopback() {
    return "http://0.0.0.0:" + server().port();
  }

  default Path config() {
    return home().resolve(".config/osmo");
  }

  default Path credentials() {
    return config().resolve("credentials.json");
  }

  default void exchangeAnswers(String jwt) {
    server()
        .stubFor(
            post(urlPathEqualTo(EXCHANGE))
                .willReturn(okJson("{\"token\":\"" + jwt + "\",\"expires_at\":1}")));
  }

  default String logIn() {
    String jwt = FakeJwt.livingFor(300, "first");
    exchangeAnswers(jwt);
    assertThat(run("login", url(), "--method=token", "--token=" + token()).code()).isZero();
    server().resetRequests();
    return jwt;
  }

  /** Logs in with the access token {@code pat_1} of this name, of {@code me@example.com}. */
  default void logInAsTheToken(String name) {
    exchangeAnswersAsTheToken(name);
    assertThat(run("login", url(), "--method=token", "--token=" + token()).code()).isZero();
    server().resetRequests();
  }

  default void exchangeAnswersAsTheToken(String name) {
    exchangeAnswers(
        FakeJwt.withClaims(
            """
            {"iat":1,"exp":301,"sub":"me@example.com","name":"me","pat_id":"pat_1","osmo_token_name":"%s"}
            """
                .formatted(name)));
  }

  /** Makes the saved JWT expire. */
  default void letTheJwtGetOld() throws IOException {
    String file = Files.readString(credentials());
    String old =
        file.replaceAll(
            "\"jwt_received_at\": \"[^\"]*\"", "\"jwt_received_at\": \"2026-01-01T00:00:00Z\"");
    assertThat(old).isNotEqualTo(file);
    Files.writeString(credentials(), old);
  }

  default void everythingAnswers(ResponseDefinitionBuilder response) {
    server().stubFor(any(anyUrl()).willReturn(response));
  }

  default ResponseDefinitionBuilder problem(int status, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/problem+json")
        .withBody(
            """
            {"type":"urn:osmo:problem:test","title":"Test","status":%d,"detail":"%s","message":"%s",
             "error_code":"USER","workflow_id":null,"request_id":"request-7"}
            """
                .formatted(status, message, message));
  }

  default int exchanges() {
    return server().findAll(postRequestedFor(urlPathEqualTo(EXCHANGE))).size();
  }

  default void sent(RequestPatternBuilder request) {
    server().verify(1, request);
  }

  default void nothingWasSent() {
    assertThat(server().getAllServeEvents()).isEmpty();
  }
}
