package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.ISSUER;
import static dev.osmo.cli.SignInServer.TOKEN;
import static dev.osmo.cli.SignInServer.oauthError;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in in the browser of this machine, with PKCE, also with a hostile browser or offer. */
interface BrowserSignInCommandContract extends SignInScene {
  @Test
  default void the_browser_signs_in_with_pkce_and_the_user_is_greeted() throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();

    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");
    Map<String, String> page = browser.parameters();
    HttpResponse<String> last =
        browser.comesBack(Map.of("code", "code-1", "state", page.get("state"), "iss", ISSUER));
    CommandResult ran = login.get();

    assertThat(ran.out())
        .isEqualTo(Contracts.golden("login", "url", url(), "name", "user@example.com"));
    assertThat(ran.err()).contains("Development", ISSUER + "/authorize?").doesNotContain("code-1");
    assertThat(ran.code()).isZero();
    assertThat(page)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "browser-client")
        .containsEntry("scope", "openid offline_access")
        .containsEntry("code_challenge_method", "S256");
    assertThat(page.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/callback");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.body()).contains("You are signed in").doesNotContain("code-1");
    Map<String, String> redeemed = formOf(postRequestedFor(urlPathEqualTo(TOKEN)));
    assertThat(redeemed)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("client_id", "browser-client")
        .containsEntry("code", "code-1")
        .containsEntry("redirect_uri", page.get("redirect_uri"))
        .containsEntry("nonce", page.get("nonce"));
    assertThat(challenge(redeemed.get("code_verifier"))).isEqualTo(page.get("code_challenge"));
  }

  @Test
  @Tag("I1")
  default void the_session_is_saved_in_the_owner_only_file_and_printed_nowhere() throws Exception {
    CommandResult ran = signIn("refresh-1", "first");

    assertThat(Files.readString(credentials())).contains("refresh-1", "\"version\": 3");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
    assertThat(ran.out() + ran.err()).doesNotContain("refresh-1", "eyJ");
  }

  @Test
  @Tag("I1")
  default void the_trace_contains_no_secret_of_the_sign_in() throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce", "--debug");
    browser.comesBack(Map.of("code", "code-1", "state", browser.parameters().get("state")));
    CommandResult traced = login.get();
    provider().deviceStarts(ISSUER + "/device");
    CommandResult device = run("login", url(), "--debug", "--method=code");

    Map<String, String> redeemed =
        formOf(
            postRequestedFor(urlPathEqualTo(TOKEN))
                .withRequestBody(containing("authorization_code")));
    assertThat(traced.err())
        .contains("> POST " + url() + TOKEN, "code=***", "\"refresh_token\":\"***\"")
        .doesNotContain("code-1", "refresh-1", redeemed.get("code_verifier"));
    assertThat(device.err()).contains("device_code=***").doesNotContain("device-code-1");
  }

  @Test
  default void requests_that_are_not_the_redirect_of_this_sign_in_change_nothing()
      throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");
    String state = browser.parameters().get("state");
    Map<String, String> right = Map.of("code", "code-1", "state", state, "iss", ISSUER);

    assertThat(browser.opens("/favicon.ico").statusCode()).isEqualTo(404);
    assertThat(browser.opens("/callback").statusCode()).isEqualTo(400);
    assertThat(browser.comesBack(Map.of("code", "forged", "state", "wrong")).statusCode())
        .isEqualTo(400);
    assertThat(browser.comesBack(Map.of("error", "access_denied", "state", "")).statusCode())
        .isEqualTo(400);
    assertThat(browser.comesBackTo("rebound.example.com", right)).contains(" 404 ");
    assertThat(login).isNotDone();
    assertThat(browser.comesBack(right).statusCode()).isEqualTo(200);

    assertThat(login.get().code()).isZero();
    assertThat(formOf(postRequestedFor(urlPathEqualTo(TOKEN)))).containsEntry("code", "code-1");
  }

  @Test
  default void a_code_that_arrives_twice_is_redeemed_once() throws Exception {
    offers(Map.of());
    provider().tokenEndpoint(tokens("refresh-1", "first").withFixedDelay(2000));
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");
    Map<String, String> right =
        Map.of("code", "code-1", "state", browser.parameters().get("state"), "iss", ISSUER);

    CompletableFuture<HttpResponse<String>> first = inBackground(() -> browser.comesBack(right));
    await()
        .atMost(DEADLINE)
        .until(() -> !server().findAll(postRequestedFor(urlPathEqualTo(TOKEN))).isEmpty());

    assertThat(statusOfSecond(browser, right)).isEqualTo(400);
    assertThat(first.get().statusCode()).isEqualTo(200);
    assertThat(login.get().code()).isZero();
    server().verify(1, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  /** On a slow machine, the login is over and nobody listens: that refuses the request, too. */
  private static int statusOfSecond(TestBrowser browser, Map<String, String> parameters) {
    try {
      return browser.comesBack(parameters).statusCode();
    } catch (UncheckedIOException nobodyListens) {
      return 400;
    }
  }

  @Test
  default void the_redirect_of_another_issuer_is_refused_before_the_code_is_sent()
      throws Exception {
    offers(Map.of());
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");

    HttpResponse<String> last =
        browser.comesBack(
            Map.of(
                "code",
                "code-1",
                "state",
                browser.parameters().get("state"),
                "iss",
                "https://other.example.com"));

    CommandResult ran = login.get();
    assertThat(ran.err()).contains("Another identity provider").doesNotContain("code-1");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(last.body()).contains("You are not signed in");
    server().verify(0, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  @Test
  default void a_redirect_without_an_issuer_is_refused_if_the_provider_always_names_one()
      throws Exception {
    offers(Map.of("authorization_response_iss_parameter_supported", true));
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");

    browser.comesBack(Map.of("code", "code-1", "state", browser.parameters().get("state")));

    CommandResult ran = login.get();
    assertThat(ran.err()).contains("does not name it").doesNotContain("code-1");
    assertThat(ran.code()).isEqualTo(4);
    server().verify(0, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  @Test
  default void a_refusal_of_the_provider_is_printed_as_text_and_is_in_no_page() throws Exception {
    offers(Map.of());
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");

    HttpResponse<String> last =
        browser.comesBack(
            Map.of(
                "error",
                "access_denied",
                "error_description",
                "<script>alert(1)</script>\u001b[31mno",
                "state",
                browser.parameters().get("state")));

    CommandResult ran = login.get();
    assertThat(ran.err()).contains("refused the sign-in", "access_denied").doesNotContain("\u001b");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(last.statusCode()).isEqualTo(400);
    assertThat(last.body()).doesNotContain("script", "access_denied");
    assertThat(last.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
  }

  @Test
  default void a_person_whom_the_server_refuses_is_told_why() throws Exception {
    offers(Map.of());
    provider().tokenEndpoint(oauthError("access_denied", "No user guest@example.com exists"));
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");

    browser.comesBack(Map.of("code", "c", "state", browser.parameters().get("state")));

    CommandResult ran = login.get();
    assertThat(ran.err())
        .contains("No user guest@example.com exists", "Ask an administrator of the server.");
    assertThat(ran.code()).isEqualTo(7);
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void the_callback_port_can_be_chosen() throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();
    int port = freePort();

    CompletableFuture<CommandResult> login =
        start("login", url(), "--method=pkce", "--callback-port", Integer.toString(port));
    Map<String, String> page = browser.parameters();
    browser.comesBack(Map.of("code", "c", "state", page.get("state")));

    assertThat(login.get().code()).isZero();
    assertThat(page.get("redirect_uri")).isEqualTo("http://127.0.0.1:" + port + "/callback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/bin/env PROGRAM", "no-such-browser %s:/usr/bin/env PROGRAM %s"})
  default void the_variable_may_contain_arguments_and_several_commands(String commands)
      throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();
    variable("BROWSER", commands.replace("PROGRAM", browser.program().toString()));

    CompletableFuture<CommandResult> login = start("login", url(), "--method=pkce");
    browser.comesBack(Map.of("code", "c", "state", browser.parameters().get("state")));

    assertThat(login.get().err()).contains("Your browser opens");
    assertThat(login.get().code()).isZero();
  }

  @Test
  default void a_port_in_use_is_refused_before_a_browser_opens() throws Exception {
    offers(Map.of());
    TestBrowser browser = browser();
    int port = freePort();
    try (ServerSocket inUse = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      CommandResult ran =
          run("login", url(), "--method=pkce", "--callback-port=" + inUse.getLocalPort());

      assertThat(ran.err())
          .contains("Cannot listen on port " + port + " of 127.0.0.1", "--callback-port");
      assertThat(ran.code()).isEqualTo(2);
      assertThat(browser.wasStarted()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "browser_endpoint, http://provider.example.com/authorize, is not encrypted",
    "browser_endpoint, file:///etc/passwd, is not the address of a page",
    "browser_endpoint, -a https://provider.example.com, is not the address of a page",
    "browser_endpoint, https://provider.example.com/ a, is not the address of a page",
    "token_endpoint, https://other.example.com/oauth2/token, not below",
    "device_endpoint, https://other.example.com/oauth2/device_authorization, not below"
  })
  default void an_offer_with_an_unsafe_address_is_refused_before_a_browser_opens(
      String field, String address, String reason) {
    offers(Map.of(field, address));
    TestBrowser browser = browser();

    CommandResult ran = run("login", url(), "--method=pkce");

    assertThat(ran.err()).contains(reason, address);
    assertThat(ran.code()).isEqualTo(10);
    assertThat(browser.wasStarted()).isFalse();
    server().verify(0, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  private static String challenge(String verifier) throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
