package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to servers: retries, warnings, traces. */
interface WireCommandContract extends CommandContract {
  String LIST = "/api/auth/access_token";

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  default void a_busy_server_is_retried(int status) {
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

  /** A date is relative to the server's clock. */
  @ParameterizedTest
  @CsvSource({
    "'Tue, 01 Jan 2019 00:00:00 GMT', 'Tue, 01 Jan 2019 00:00:01 GMT'",
    "'Tue, 01 Jan 2019 00:00:00 GMT', 'Tue, 01 Jan 2019 00:00:00 GMT'",
    "'Fri, 01 Jan 2038 00:00:00 GMT', 'Thu, 31 Dec 2037 00:00:00 GMT'"
  })
  default void retry_after_may_be_a_date(String now, String then) {
    logIn();
    failsOnceThenWorks(
        aResponse().withStatus(503).withHeader("Date", now).withHeader("Retry-After", then));

    assertThat(run("token", "list").code()).isZero();
    server().verify(2, getRequestedFor(urlEqualTo(LIST)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600", "Fri, 01 Jan 2038 00:00:00 GMT", "nonsense", "-1", "99999999999"})
  default void a_server_that_requests_a_long_pause_is_not_retried(String retryAfter) {
    logIn();
    everythingAnswers(aResponse().withStatus(429).withHeader("Retry-After", retryAfter));

    assertThat(run("token", "list").code()).isEqualTo(75);
    server().verify(1, getRequestedFor(urlEqualTo(LIST)));
  }

  @Test
  default void a_broken_connection_is_retried_for_an_idempotent_request() {
    logIn();
    failsOnceThenWorks(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("token", "list").code()).isZero();
  }

  @Test
  default void a_broken_connection_is_not_retried_for_a_non_idempotent_request() {
    logIn();
    everythingAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("user", "create", "user@example.com").code()).isEqualTo(10);
    server().verify(1, anyRequestedFor(anyUrl()));
  }

  /** A proxy also sends this after the service started to process the request. */
  @Test
  default void a_503_without_retry_after_is_retried_only_for_idempotent_requests() {
    logIn();
    everythingAnswers(aResponse().withStatus(503));

    assertThat(run("user", "create", "user@example.com").code()).isEqualTo(75);
    server().verify(1, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({"503, 0", "429, 0", "429, "})
  default void a_request_that_was_not_processed_is_always_retried(int status, String retryAfter) {
    logIn();
    ResponseDefinitionBuilder busy = aResponse().withStatus(status);
    everythingAnswers(retryAfter == null ? busy : busy.withHeader("Retry-After", retryAfter));

    assertThat(run("user", "create", "user@example.com").code()).isEqualTo(75);
    server().verify(4, anyRequestedFor(anyUrl()));
  }

  @Test
  default void a_retried_creation_sends_the_same_idempotency_key() {
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
  default void a_confirmed_question_is_asked_once() {
    logIn();
    everythingAnswers(aResponse().withStatus(503));

    assertThat(run("version").code()).isZero();
    server().verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  default void a_broken_exchange_is_retried() {
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
  default void a_server_warning_is_printed_to_standard_error_sanitized() {
    logIn();
    everythingAnswers(
        okJson("[]").withHeader("x-osmo-warning", base64("WARNING: \u001b[31mit expires soon")));

    CommandResult ran = run("token", "list", "-t", "json");

    assertThat(ran).isEqualTo(new CommandResult(0, "[]\n", "WARNING: [31mit expires soon\n"));
  }

  @ParameterizedTest
  @CsvSource({"***", "''", "' '"})
  default void an_invalid_warning_is_ignored(String header) {
    logIn();
    everythingAnswers(okJson("[]").withHeader("x-osmo-warning", header));

    assertThat(run("token", "list", "-t", "json")).isEqualTo(new CommandResult(0, "[]\n", ""));
  }

  @Test
  @Tag("I1")
  default void the_trace_shows_the_wire_and_no_secret() {
    String jwt = FakeJwt.livingFor(300, "first");
    exchangeAnswers(jwt);
    runTyping(token(), "login", url(), "--token-file=-");
    CommandResult login = runTyping(token(), "--debug", "login", url(), "--token-file=-");
    everythingAnswers(okJson("\"" + token() + "\"").withHeader("Set-Cookie", "a=secret"));
    CommandResult set = run("token", "set", "my-token", "--debug");

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
  default void no_question_is_asked_with_no_input() {
    logIn();

    CommandResult ran = runTyping("y\n", "user", "delete", "user@example.com", "--no-input");

    assertThat(ran.err()).doesNotContain("[y/N]").contains("--yes");
    assertThat(ran.out()).isEmpty();
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

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
