package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command as typed: the real entry point, real HTTP to a server that answers what the test says,
 * a home directory of its own.
 */
abstract class CommandTest {
  static final String EXCHANGE = "/api/auth/jwt/access_token";

  @Inject OsmoMain osmo;
  @Inject TestTerminal terminal;
  @Inject TestEnvironment environment;

  @TempDir Path home;
  WireMockServer server;
  String token;

  @BeforeEach
  void start() {
    token = Contracts.token();
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));
    server.start();
    environment.reset();
    environment.set("HOME", home.toString());
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  Ran run(String... args) {
    return runTyping("", args);
  }

  Ran runTyping(String input, String... args) {
    terminal.reset(input);
    int code = osmo.run(args);
    return new Ran(code, terminal.printed(), terminal.said());
  }

  String url() {
    return "http://localhost:" + server.port();
  }

  Path config() {
    return home.resolve(".config/osmo");
  }

  Path credentials() {
    return config().resolve("credentials.json");
  }

  void exchangeAnswers(String jwt) {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .willReturn(okJson("{\"token\":\"" + jwt + "\",\"expires_at\":1}")));
  }

  String logIn() {
    String jwt = FakeJwt.livingFor(300, "first");
    exchangeAnswers(jwt);
    assertThat(run("login", url(), "--method=token", "--token=" + token).code()).isZero();
    server.resetRequests();
    return jwt;
  }

  /** As if the login had happened long ago. */
  void letTheJwtGetOld() throws IOException {
    String file = Files.readString(credentials());
    String old =
        file.replaceAll(
            "\"jwt_received_at\": \"[^\"]*\"", "\"jwt_received_at\": \"2026-01-01T00:00:00Z\"");
    assertThat(old).isNotEqualTo(file);
    Files.writeString(credentials(), old);
  }

  void everythingAnswers(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  static ResponseDefinitionBuilder problem(int status, String message) {
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

  int exchanges() {
    return server.findAll(postRequestedFor(urlPathEqualTo(EXCHANGE))).size();
  }

  void sent(RequestPatternBuilder request) {
    server.verify(1, request);
  }

  void nothingWasSent() {
    assertThat(server.getAllServeEvents()).isEmpty();
  }
}
