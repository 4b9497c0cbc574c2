package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.ISSUER;
import static dev.osmo.cli.SignInServer.OFFER;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which method of sign-in a command uses, and at which identity provider. */
interface SignInMethodCommandContract extends SignInScene {
  @Test
  default void a_server_that_offers_nothing_else_asks_for_a_token() {
    server()
        .stubFor(
            get(urlPathEqualTo(OFFER))
                .willReturn(
                    okJson(
                        "{\"device_endpoint\":null,\"device_client_id\":null,"
                            + "\"browser_endpoint\":null,\"browser_client_id\":null,"
                            + "\"token_endpoint\":null,\"logout_endpoint\":null}")));
    TestBrowser browser = browser();

    CommandResult ran = run("login", url());

    assertThat(ran.err()).contains("No token was given", "--token-file=<file>");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(browser.wasStarted()).isFalse();
  }

  @Test
  default void a_server_without_the_route_asks_for_a_token() {
    browser();

    assertThat(run("login", url()).err()).contains("No token was given");
  }

  @Test
  default void a_token_needs_no_offer() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));

    assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
    server().verify(0, getRequestedFor(urlPathEqualTo(OFFER)));
  }

  @Test
  default void nobody_is_waited_for_in_a_pipe() {
    offers(Map.of());

    CommandResult piped = run("login", url());
    CommandResult withoutInput = run("--no-input", "login", url(), "--method=code");

    assertThat(piped.err()).contains("--token-file=-", "at a terminal");
    assertThat(List.of(piped.code(), withoutInput.code())).containsOnly(2);
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
  default void without_a_browser_the_code_is_used() throws Exception {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    TestBrowser browser = browser();
    provider().tokenEndpoint(tokens("refresh-1", "first"));

    CommandResult ran = run("login", url(), "--no-browser");

    assertThat(ran.err()).contains("WDJB-MJHT");
    assertThat(ran.code()).isZero();
    assertThat(browser.wasStarted()).isFalse();
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
