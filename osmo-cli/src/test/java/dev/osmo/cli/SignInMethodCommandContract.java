package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.ISSUER;
import static dev.osmo.cli.SignInServer.OFFER;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which method of sign-in a command uses, and at which identity provider. */
interface SignInMethodCommandContract extends SignInScene {
  @Test
  default void a_token_needs_no_offer() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));

    assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
    server().verify(0, getRequestedFor(urlPathEqualTo(OFFER)));
  }

  /** The environment of a pipeline may name a browser or a display, although nobody sees it. */
  @ParameterizedTest
  @CsvSource({"PATH, /usr/bin:/bin", "BROWSER, firefox", "DISPLAY, :0"})
  default void in_a_pipe_nobody_is_waited_for(String name, String value) {
    offers(Map.of());
    variable(name, value);

    CommandResult ran = run("login", url());

    assertThat(ran.err())
        .startsWith("Error: Nobody can sign in here, because there is no terminal. ")
        .contains("--token-file=<file>", "--token-file=-", "OSMO_TOKEN", "--method=pkce");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-browser", "--provider=dev", "--callback-port=8765"})
  default void an_option_of_the_sign_in_is_no_wish_to_wait(String option) {
    offers(Map.of());

    CommandResult ran = run("login", url(), option);

    assertThat(ran.err()).contains("there is no terminal");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_method_waits_also_in_a_pipe() {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider().tokenEndpoint(tokens("refresh-1", "first"));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains("WDJB-MJHT");
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkce", "code"})
  default void no_input_forbids_to_wait_also_with_a_method(String method) {
    offers(Map.of());

    CommandResult ran = run("--no-input", "login", url(), "--method", method);

    assertThat(ran.err())
        .contains("--no-input forbids it", "--token-file=-")
        .doesNotContain("--method=");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_method_that_the_server_does_not_offer_is_refused_with_those_it_offers() {
    offers(Map.of("methods", List.of("pkce", "token")));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains("login method code", "--method=pkce, --method=token");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_token_and_a_method_for_people_exclude_each_other() {
    CommandResult ran = run("login", url(), "--method=pkce", "--token-file=-");

    assertThat(ran.err()).contains("--method=token only");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void another_provider_can_be_chosen() {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider().tokenEndpoint(tokens("refresh-1", "first"));

    assertThat(run("login", url(), "--method=code", "--provider=other").code()).isZero();
    sent(getRequestedFor(urlPathEqualTo(OFFER)).withQueryParam("provider", equalTo("other")));
  }

  @Test
  default void an_unknown_provider_is_refused_with_the_ones_that_exist() {
    offers(Map.of());
    server()
        .stubFor(
            get(urlPathEqualTo(OFFER))
                .withQueryParam("provider", equalTo("other"))
                .willReturn(problem(404, "There is no identity provider other")));

    CommandResult ran = run("login", url(), "--method=code", "--provider=other");

    assertThat(ran.err()).contains("no identity provider other", "It has: dev.");
    assertThat(ran.code()).isEqualTo(5);
  }
}
