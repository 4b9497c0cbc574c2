package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A login at a pseudo-terminal, where the token is pasted. */
class HiddenTokenIT extends ProcessTest {
  private static final String QUESTION = "Paste your personal access token (it is not shown): ";

  @BeforeEach
  void aServerThatKnowsTheToken() {
    variable("TERM", "xterm");
    variable("OSMO_CONFIG_FILE_DIR", home.resolve("config").toString());
    exchangeAnswers(FakeJwt.livingFor(300, "person@example.com"));
  }

  @Test
  void a_token_that_is_pasted_logs_in_and_is_not_shown() throws Exception {
    String seen = login(token + "\n");

    assertThat(seen)
        .contains("Successfully logged in. Welcome ", "exit code 0")
        .doesNotContain(token, token.substring(0, 12));
  }

  @Test
  void a_server_that_offers_no_provider_asks_for_a_token_and_opens_no_browser() throws Exception {
    server.stubFor(
        get(urlPathEqualTo(SignInServer.OFFER))
            .willReturn(
                okJson(
                    "{\"device_endpoint\":null,\"device_client_id\":null,"
                        + "\"browser_endpoint\":null,\"browser_client_id\":null,"
                        + "\"token_endpoint\":null,\"logout_endpoint\":null}")));
    TestBrowser browser = TestBrowser.in(home);
    variable("BROWSER", browser.program().toString());

    assertThat(login(token + "\n")).contains("Successfully logged in.", "exit code 0");
    assertThat(browser.wasStarted()).isFalse();
  }

  @Test
  void backspace_deletes_a_character() throws Exception {
    assertThat(login("x\u007f" + token + "yz\b\b\r")).contains("exit code 0");
  }

  @Test
  void the_terminal_echoes_again_after_ctrl_c() throws Exception {
    String seen = login("osmo_half\u0003");

    assertThat(seen)
        .contains("No token was given", "exit code 2", "the terminal is as it was")
        .doesNotContain("osmo_half");
  }

  @Test
  void no_input_asks_no_question() throws Exception {
    CommandResult ran =
        Pty.run(home, variables, 80, "", "'" + SCRIPT + "' login " + url() + " --no-input");

    assertThat(ran.out()).contains("--no-input forbids it").doesNotContain("Paste");
  }

  /** Types at the prompt and returns what the terminal received. */
  private String login(String typed) throws IOException, InterruptedException {
    Path seen = home.resolveSibling("seen");
    String command =
        "before=$(stty -g); '%s' login %s; echo exit code $?; [ \"$before\" = \"$(stty -g)\" ] && echo the terminal is as it was"
            .formatted(SCRIPT, url());
    Process terminal =
        Pty.start(home, variables, seen, List.of("--quiet", "--command", command, "/dev/null"));
    try (OutputStream keyboard = terminal.getOutputStream()) {
      await().atMost(Duration.ofMinutes(10)).until(() -> Files.readString(seen).contains(QUESTION));
      keyboard.write(typed.getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      assertThat(terminal.waitFor(10, TimeUnit.MINUTES)).isTrue();
    }
    return Files.readString(seen);
  }
}
