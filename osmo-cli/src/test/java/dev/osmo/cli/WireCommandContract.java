package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How osmo talks to servers: trying again, warnings, traces, proxies, certificates. */
interface WireCommandContract extends CommandContract {
  String LIST = "/api/auth/access_token";

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  default void a_busy_server_is_asked_again(int status) {
    logIn();
    failsOnceThenWorks(aResponse().withStatus(status).withHeader("Retry-After", "0"));

    assertThat(run("token", "list").code()).isZero();
    server().verify(2, getRequestedFor(urlEqualTo(LIST)));
  }

  @Test
  default void a_server_that_stays_busy_ends_with_try_later() {
    logIn();
    everythingAnswers(aResponse().withStatus(503));

    assertThat(run("token", "list").code()).isEqualTo(75);
    server().verify(4, getRequestedFor(urlEqualTo(LIST)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Fri, 01 Jan 2038 00:00:00 GMT", "nonsense"})
  default void a_server_that_asks_for_a_long_pause_is_left_alone(String retryAfter) {
    logIn();
    everythingAnswers(aResponse().withStatus(429).withHeader("Retry-After", retryAfter));

    assertThat(run("token", "list").code()).isEqualTo(75);
    server().verify(1, getRequestedFor(urlEqualTo(LIST)));
  }

  @Test
  default void a_broken_connection_is_tried_again_when_nothing_can_happen_twice() {
    logIn();
    failsOnceThenWorks(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("token", "list").code()).isZero();
  }

  @Test
  default void a_broken_connection_is_not_tried_again_when_something_may_have_happened() {
    logIn();
    everythingAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("user", "create", "user@example.com").code()).isEqualTo(10);
    server().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  default void a_token_is_asked_for_again_with_the_same_key_so_that_one_is_made() {
    logIn();
    everythingAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("token", "set", "my-token").code()).isEqualTo(10);
    assertThat(server().findAll(anyRequestedFor(anyUrl())))
        .hasSizeGreaterThan(1)
        .map(request -> request.getHeader("Idempotency-Key"))
        .doesNotContainNull()
        .containsOnly(
            server().findAll(anyRequestedFor(anyUrl())).getFirst().getHeader("Idempotency-Key"));
  }

  @Test
  default void a_question_that_needs_no_answer_is_asked_once() {
    logIn();
    everythingAnswers(aResponse().withStatus(503));

    assertThat(run("version").code()).isZero();
    server().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  default void a_broken_exchange_is_tried_again_because_it_changes_nothing() {
    String jwt = FakeJwt.livingFor(300, "a");
    server()
        .stubFor(
            post(urlEqualTo(EXCHANGE))
                .inScenario("exchange")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("works"));
    server()
        .stubFor(
            post(urlEqualTo(EXCHANGE))
                .inScenario("exchange")
                .whenScenarioStateIs("works")
                .willReturn(okJson("{\"token\":\"" + jwt + "\"}")));

    assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
  }

  @Test
  default void a_warning_of_the_server_is_said_on_stderr_and_cannot_paint() {
    logIn();
    everythingAnswers(
        okJson("[]").withHeader("x-osmo-warning", base64("WARNING: \u001b[31mit expires soon")));

    Ran ran = run("token", "list", "-t", "json");

    assertThat(ran).isEqualTo(new Ran(0, "[]\n", "WARNING: [31mit expires soon\n"));
  }

  @ParameterizedTest
  @CsvSource({"***", "''", "' '"})
  default void a_warning_that_is_none_is_ignored(String header) {
    logIn();
    everythingAnswers(okJson("[]").withHeader("x-osmo-warning", header));

    assertThat(run("token", "list", "-t", "json")).isEqualTo(new Ran(0, "[]\n", ""));
  }

  @Test
  @Tag("I1")
  default void the_trace_shows_the_wire_and_no_secret() {
    String jwt = FakeJwt.livingFor(300, "first");
    exchangeAnswers(jwt);
    runTyping(token(), "login", url(), "--token-file=-");
    Ran login = runTyping(token(), "--debug", "login", url(), "--token-file=-");
    everythingAnswers(okJson("\"" + token() + "\"").withHeader("Set-Cookie", "a=secret"));
    Ran set = run("token", "set", "my-token", "--debug");

    assertThat(login.err())
        .contains("> POST " + url() + EXCHANGE, "osmo_***", "< 200", "eyJ***")
        .doesNotContain(token())
        .doesNotContain(jwt)
        .doesNotContain(jwt.split("\\.", -1)[1]);
    assertThat(set.err())
        .contains("< set-cookie: ***", "osmo_***")
        .doesNotContain(token(), "secret")
        .doesNotContain(jwt.split("\\.", -1)[1]);
    assertThat(set.out()).contains(token());
  }

  @Test
  default void without_debug_nothing_is_traced() {
    logIn();
    everythingAnswers(okJson("[]"));
    run("token", "list", "--debug");

    assertThat(run("token", "list").err()).isEmpty();
  }

  @Test
  default void a_question_is_not_asked_without_input() {
    logIn();

    Ran ran = runTyping("y\n", "user", "delete", "user@example.com", "--no-input");

    assertThat(ran.err()).doesNotContain("[y/N]");
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY"})
  default void the_proxy_of_the_environment_is_used(String variable) {
    everythingAnswers(problem(401, "came through the proxy"));
    variable(variable, url());

    Ran ran =
        runTyping(token(), "login", "http://osmo.example.com", "--token-file=-", "--allow-http");

    assertThat(ran.err()).contains("came through the proxy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"osmo.invalid", ".invalid", "a,invalid", "*"})
  default void a_host_may_be_exempt_from_the_proxy(String exempt) {
    everythingAnswers(problem(401, "came through the proxy"));
    variable("HTTP_PROXY", url());
    variable("NO_PROXY", exempt);

    Ran ran = runTyping(token(), "login", "http://osmo.invalid", "--token-file=-", "--allow-http");

    assertThat(ran.err()).contains("Cannot reach");
    nothingWasSent();
  }

  @Test
  default void this_machine_is_never_asked_through_a_proxy() {
    variable("HTTP_PROXY", "http://proxy.invalid:1");

    logIn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:hunter2@proxy:1", "::", "http://"})
  default void a_proxy_that_cannot_be_used_is_refused_and_not_repeated(String proxy) {
    variable("HTTP_PROXY", proxy);

    Ran ran =
        runTyping(token(), "login", "http://osmo.example.com", "--token-file=-", "--allow-http");

    assertThat(ran.err()).contains("proxy").doesNotContain("hunter2");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_certificate_of_nobody_is_not_trusted_until_its_file_is_named() throws Exception {
    Path keys = home().resolve("keys.p12");
    Path certificate = home().resolve("ca.pem");
    String names = "-alias a -storepass changeit -keystore " + keys;
    keytool("-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost " + names);
    keytool("-exportcert -rfc -file " + certificate + " " + names);
    WireMockServer tls =
        new WireMockServer(
            options()
                .dynamicHttpsPort()
                .dynamicPort()
                .keystorePath(keys.toString())
                .keystorePassword("changeit")
                .keyManagerPassword("changeit"));
    tls.start();
    try {
      tls.stubFor(any(anyUrl()).willReturn(problem(401, "it was heard")));
      String address = "https://localhost:" + tls.httpsPort();

      Ran distrusted = runTyping(token(), "login", address, "--token-file=-");
      variable("OSMO_CA_FILE", certificate.toString());
      Ran trusted = runTyping(token(), "login", address, "--token-file=-");

      assertThat(distrusted.err()).contains("No trusted TLS connection");
      assertThat(distrusted.code()).isEqualTo(10);
      assertThat(trusted.err()).contains("it was heard");
    } finally {
      tls.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\n"})
  @Tag("I9")
  default void a_certificate_file_without_certificates_is_refused(String content)
      throws IOException {
    variable("OSMO_CA_FILE", Files.writeString(home().resolve("ca.pem"), content).toString());

    Ran ran = runTyping(token(), "login", url(), "--token-file=-");

    assertThat(ran.err()).contains("OSMO_CA_FILE");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  private void failsOnceThenWorks(ResponseDefinitionBuilder failure) {
    server()
        .stubFor(
            get(urlEqualTo(LIST))
                .inScenario("once")
                .whenScenarioStateIs(STARTED)
                .willReturn(failure)
                .willSetStateTo("works"));
    server()
        .stubFor(
            get(urlEqualTo(LIST))
                .inScenario("once")
                .whenScenarioStateIs("works")
                .willReturn(okJson("[]")));
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments.split(" ", -1)));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
