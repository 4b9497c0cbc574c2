package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.DEVICE;
import static dev.osmo.cli.SignInServer.ISSUER;
import static dev.osmo.cli.SignInServer.OFFER;
import static dev.osmo.cli.SignInServer.REVOKE;
import static dev.osmo.cli.SignInServer.TOKEN;
import static dev.osmo.cli.SignInServer.oauthError;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in through an identity provider, and the session that it starts. */
interface SignInCommandContract extends CommandContract {
  String LIST = "/api/auth/access_token";
  Duration DEADLINE = Duration.ofMinutes(10);

  // --- in the browser

  @Test
  default void the_browser_signs_in_with_pkce_and_the_user_is_greeted() throws Exception {
    offers(Map.of());
    tokensAre("refresh-1", "first");
    TestBrowser browser = browser();

    CompletableFuture<CommandResult> login = start("login", url());
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
    CompletableFuture<CommandResult> login = start("login", url(), "--debug");
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
    CompletableFuture<CommandResult> login = start("login", url());
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
    CompletableFuture<CommandResult> login = start("login", url());
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
    CompletableFuture<CommandResult> login = start("login", url());

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
  default void a_refusal_of_the_provider_is_printed_as_text_and_is_in_no_page() throws Exception {
    offers(Map.of());
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url());

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
    CompletableFuture<CommandResult> login = start("login", url());

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
        start("login", url(), "--callback-port", Integer.toString(port));
    Map<String, String> page = browser.parameters();
    browser.comesBack(Map.of("code", "c", "state", page.get("state")));

    assertThat(login.get().code()).isZero();
    assertThat(page.get("redirect_uri")).isEqualTo("http://127.0.0.1:" + port + "/callback");
  }

  // --- hostile offers

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

    CommandResult ran = run("login", url());

    assertThat(ran.err()).contains(reason, address);
    assertThat(ran.code()).isEqualTo(10);
    assertThat(browser.wasStarted()).isFalse();
    server().verify(0, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  @Test
  default void a_device_page_that_is_not_encrypted_is_refused() {
    offers(Map.of());
    provider().deviceStarts("http://provider.example.com/device");

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains("is not encrypted");
    assertThat(ran.code()).isEqualTo(10);
  }

  // --- which method

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

  // --- on another device

  @Test
  default void the_device_flow_waits_for_the_person_and_slows_down() {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider()
        .tokenEndpointInTurn(
            oauthError("authorization_pending", ""),
            oauthError("slow_down", ""),
            tokens("refresh-1", "first"));

    long start = System.nanoTime();
    CommandResult ran = run("login", url(), "--method=code");
    long seconds = (System.nanoTime() - start) / 1_000_000_000;

    assertThat(ran.out())
        .isEqualTo(Contracts.golden("login", "url", url(), "name", "user@example.com"));
    assertThat(ran.err())
        .contains(ISSUER + "/device", "WDJB-MJHT")
        .doesNotContain("device-code-1", "refresh-1");
    assertThat(seconds).isGreaterThanOrEqualTo(1 + 1 + 6);
    server().verify(3, postRequestedFor(urlPathEqualTo(TOKEN)));
    assertThat(formOf(postRequestedFor(urlPathEqualTo(DEVICE))))
        .containsEntry("client_id", "device-client");
  }

  @ParameterizedTest
  @CsvSource({
    "expired_token, The code has expired, 4",
    "access_denied, refused by the person, 7",
    "invalid_grant, refused by the person, 4"
  })
  default void a_device_that_is_refused_ends_the_command(String error, String what, int code) {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider().tokenEndpoint(oauthError(error, "refused by the person"));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains(what);
    assertThat(ran.code()).isEqualTo(code);
    assertThat(credentials()).doesNotExist();
  }

  // --- the session

  @Test
  default void an_expired_jwt_is_refreshed_and_the_new_refresh_token_saved() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    letTheJwtGetOld();
    tokensAre("refresh-2", "second");
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(okJson("[]")));

    assertThat(run("token", "list").code()).isZero();
    assertThat(run("token", "list").code()).isZero();

    assertThat(formOf(postRequestedFor(urlPathEqualTo(TOKEN))))
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("client_id", "browser-client")
        .containsEntry("refresh_token", "refresh-1");
    assertThat(Files.readString(credentials())).contains("refresh-2").doesNotContain("refresh-1");
  }

  /** A broken connection may have used it up, so nothing is sent twice. */
  @Test
  default void a_refresh_is_not_repeated_after_a_broken_connection() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    letTheJwtGetOld();
    provider().tokenEndpoint(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(run("token", "list").code()).isEqualTo(10);
    server().verify(1, postRequestedFor(urlPathEqualTo(TOKEN)));
  }

  @Test
  @Tag("I3")
  default void a_session_that_has_ended_says_how_to_sign_in_again() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(problem(401, "The login is not valid")));
    provider().tokenEndpoint(oauthError("invalid_grant", "It is over"));

    CommandResult first = run("token", "list");
    CommandResult second = run("auth", "whoami");

    assertThat(List.of(first, second))
        .containsOnly(
            new CommandResult(
                4, "", "Error: Your sign-in has ended. Sign in again: osmo login " + url() + "\n"));
  }

  @Test
  default void a_jwt_with_fewer_rights_keeps_the_one_of_the_context() throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();
    tokensAre("refresh-2", "narrow");

    CommandResult ran = run("auth", "token", "--audience", "sample-api");

    assertThat(ran.code()).isZero();
    assertThat(formOf(postRequestedFor(urlPathEqualTo(TOKEN))))
        .containsEntry("refresh_token", "refresh-1")
        .containsEntry("audience", "sample-api");
    assertThat(Files.readString(credentials()))
        .contains("refresh-2")
        .doesNotContain("refresh-1")
        .doesNotContain(ran.out().strip());
  }

  @Test
  default void status_and_context_name_the_provider() throws Exception {
    signIn("refresh-1", "first");
    server()
        .stubFor(
            get(urlPathEqualTo("/api/profile/settings"))
                .willReturn(
                    okJson(
                        "{\"profile\":{\"username\":\"user@example.com\"},"
                            + "\"roles\":[\"osmo-user\"],\"token\":null}")));

    CommandResult status = run("auth", "status");

    assertThat(status.out())
        .contains("User: user@example.com\nSigned in with: dev\nSigned in at (UTC): 2")
        .contains("Roles: osmo-user")
        .doesNotContain("Token");
    assertThat(run("auth", "status", "-t", "json").out())
        .contains("\"provider\": \"dev\"", "\"session_id\": \"session-1\"");
    assertThat(run("context", "show").out()).contains("Signed in with: dev\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "rotate", "delete", "explain"})
  default void a_session_has_no_token_of_its_own(String verb) throws Exception {
    signIn("refresh-1", "first");
    server().resetRequests();

    CommandResult ran = run("token", verb, "self");

    assertThat(ran.err())
        .isEqualTo(
            "Error: You are signed in with dev, not with an access token. Name the token: osmo"
                + " token list\n");
    assertThat(ran.code()).isEqualTo(5);
    nothingWasSent();
  }

  @Test
  default void logout_ends_the_session_at_the_server() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    CommandResult ran = run("logout");

    assertThat(ran).isEqualTo(new CommandResult(0, "Successfully logged out.\n", ""));
    assertThat(formOf(postRequestedFor(urlPathEqualTo(REVOKE))))
        .containsEntry("token", "refresh-1");
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logout", "logout --all", "context delete default"})
  default void a_context_is_deleted_also_if_the_server_cannot_end_the_session(String command)
      throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(problem(500, "It is broken")));

    CommandResult ran = run(command.split(" ", -1));

    assertThat(ran.err()).contains("Warning: The session at " + url(), "It is broken");
    assertThat(ran.code()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void logout_with_revoke_keeps_the_context_if_the_session_continues() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(problem(500, "It is broken")));

    CommandResult failed = run("logout", "--revoke");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    assertThat(failed.err()).contains("Context default is unchanged");
    assertThat(failed.code()).isEqualTo(10);
    assertThat(Files.readString(credentials())).contains("refresh-1");
    assertThat(run("logout", "--revoke").code()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void another_login_ends_the_session_that_it_replaces() throws Exception {
    signIn("refresh-1", "first");
    server().stubFor(post(urlPathEqualTo(REVOKE)).willReturn(aResponse().withStatus(200)));

    replaceWithToken();

    assertThat(formOf(postRequestedFor(urlPathEqualTo(REVOKE))))
        .containsEntry("token", "refresh-1");
    assertThat(Files.readString(credentials())).contains("\"version\": 2").contains(token());
  }

  private void replaceWithToken() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));
    assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
  }

  // --- how the server answers

  private TestBrowser browser() {
    TestBrowser browser = TestBrowser.in(home());
    variable("BROWSER", browser.program().toString());
    return browser;
  }

  private CompletableFuture<CommandResult> start(String... args) {
    return inBackground(() -> run(args));
  }

  /** In a thread of its own: the common pool may have one only, in which another login waits. */
  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  /** Signs in with the browser. */
  private CommandResult signIn(String refreshToken, String jwt) throws Exception {
    offers(Map.of());
    tokensAre(refreshToken, jwt);
    TestBrowser browser = browser();
    CompletableFuture<CommandResult> login = start("login", url());
    browser.comesBack(Map.of("code", "c", "state", browser.parameters().get("state")));
    CommandResult ran = login.get();
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  private SignInServer provider() {
    return new SignInServer(server());
  }

  private void offers(Map<String, Object> changes) {
    provider().offers(changes);
  }

  private void tokensAre(String refreshToken, String jwt) {
    provider().tokenEndpoint(tokens(refreshToken, jwt));
  }

  /** The fields of the only request of this kind. */
  private Map<String, String> formOf(RequestPatternBuilder request) {
    assertThat(server().findAll(request)).hasSize(1);
    return Arrays.stream(server().findAll(request).getFirst().getBodyAsString().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
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
