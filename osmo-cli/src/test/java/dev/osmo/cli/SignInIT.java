package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.notRefreshed;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in and sessions of real processes: at a terminal, in parallel, on a full disk. */
class SignInIT extends ProcessTest {
  private final String device = SignInServer.ISSUER + "/device";

  @BeforeEach
  void offers() {
    provider().offers(Map.of());
    provider().deviceStarts(device);
    provider().tokenEndpoint(tokens("refresh-1", "first"));
    server.stubFor(get(urlPathEqualTo("/api/auth/access_token")).willReturn(okJson("[]")));
  }

  @Test
  void a_terminal_without_a_display_shows_a_code_and_a_picture_of_the_address() {
    String seen = atTerminal(80, "login " + url()).out();

    assertThat(seen)
        .contains(device, "and enter the code: WDJB-MJHT", "▄▄▄▄▄", "Welcome user@example.com.")
        .doesNotContain("device-code-1");
  }

  @Test
  void a_narrow_terminal_shows_no_picture() {
    String seen = atTerminal(20, "login " + url()).out();

    assertThat(seen).contains("WDJB-MJHT").doesNotContain("█");
  }

  @Test
  void the_browser_of_the_desktop_is_not_opened_over_ssh() throws IOException {
    TestBrowser browser = TestBrowser.in(home);
    Files.createSymbolicLink(home.resolve("xdg-open"), browser.program());
    variable("PATH", home + ":" + System.getenv("PATH"));
    variable("DISPLAY", ":0");
    variable("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");

    String seen = atTerminal(80, "login " + url()).out();

    assertThat(seen).contains("WDJB-MJHT");
    assertThat(browser.wasStarted()).isFalse();
  }

  @Test
  void at_a_terminal_the_browser_is_opened() throws Exception {
    TestBrowser browser = browser();

    CompletableFuture<CommandResult> login =
        CompletableFuture.supplyAsync(
            () -> atTerminal(80, "login " + url() + " | cat"), Thread::startVirtualThread);
    browser.comesBack(Map.of("code", "c", "state", browser.parameters().get("state")));

    assertThat(login.get().out()).contains("Your browser opens", "Welcome user@example.com.");
  }

  @Test
  void no_browser_shows_a_code_instead() {
    TestBrowser browser = browser();

    CommandResult ran = atTerminal(80, "login " + url() + " --no-browser");

    assertThat(ran.out()).contains("WDJB-MJHT", "Welcome user@example.com.");
    assertThat(browser.wasStarted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"< /dev/null", "2>&1 | cat"})
  void a_terminal_where_nobody_can_read_or_answer_is_not_waited_at(String redirection) {
    TestBrowser browser = browser();

    CommandResult ran = atTerminal(80, "login " + url() + " " + redirection);

    assertThat(ran.out()).contains("Nobody can sign in here");
    assertThat(browser.wasStarted()).isFalse();
  }

  @Test
  void many_processes_with_an_expired_jwt_refresh_once() throws IOException {
    signIn();
    letTheJwtGetOld();
    refreshesOnce();

    List<Started> processes = IntStream.range(0, 20).mapToObj(i -> start("token", "list")).toList();

    assertThat(processes).extracting(each -> each.finish().code()).containsOnly(0);
    server.verify(1, postRequestedFor(urlPathEqualTo(SignInServer.TOKEN)));
    assertThat(Files.readString(credentials())).contains("refresh-2").doesNotContain("refresh-1");
  }

  @Test
  void many_processes_whose_session_has_ended_ask_once() throws IOException {
    signIn();
    letTheJwtGetOld();
    server.resetRequests();
    provider().tokenEndpoint(notRefreshed("session-ended", "It is over").withFixedDelay(300));

    List<Started> processes = IntStream.range(0, 20).mapToObj(i -> start("token", "list")).toList();

    assertThat(processes).extracting(each -> each.finish().code()).containsOnly(4);
    server.verify(1, postRequestedFor(urlPathEqualTo(SignInServer.TOKEN)));
  }

  /** A refresh token that could not be replaced would be lost. */
  @Test
  void on_a_full_disk_the_refresh_token_is_not_used() throws IOException {
    signIn();
    letTheJwtGetOld();
    server.resetRequests();

    CommandResult full =
        shell("(ulimit -f 0; exec \"$0\" token list) 2>&1 | cat; exit ${PIPESTATUS[0]}");
    server.verify(0, postRequestedFor(urlPathEqualTo(SignInServer.TOKEN)));
    refreshesOnce();

    assertThat(full.out()).startsWith("Error: Cannot write " + credentials());
    assertThat(run("token", "list").code()).isZero();
  }

  /** The second use of a refresh token is refused. */
  private void refreshesOnce() {
    server.resetRequests();
    provider().tokenEndpoint(notRefreshed("sign-in-again", "It was used before"));
    server.stubFor(
        post(urlPathEqualTo(SignInServer.TOKEN))
            .withRequestBody(containing("refresh_token=refresh-1"))
            .willReturn(tokens("refresh-2", "second").withFixedDelay(300)));
  }

  private CommandResult atTerminal(int columns, String arguments) {
    return Pty.run(home, variables, columns, "", "'" + SCRIPT + "' " + arguments);
  }

  private TestBrowser browser() {
    TestBrowser browser = TestBrowser.in(home);
    variable("BROWSER", browser.program().toString());
    return browser;
  }

  private void signIn() {
    assertThat(run("login", url(), "--method=code").code()).isZero();
  }

  private SignInServer provider() {
    return new SignInServer(server);
  }
}
