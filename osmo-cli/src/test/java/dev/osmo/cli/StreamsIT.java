package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual standard streams and token files. */
class StreamsIT extends ProcessTest {
  @BeforeEach
  void somethingToPrint() {
    everythingAnswers(okJson("[{\"token_name\":\"a-name-to-look-for\"}]"));
    exchangeAnswers(FakeJwt.livingFor(300, "streams"));
  }

  @ParameterizedTest
  @ValueSource(strings = {">/dev/full", ">&-"})
  void a_result_that_cannot_be_read_is_an_error(String stdout) {
    assumeTrue(Files.isWritable(Path.of("/dev/full")));
    logIn();

    CommandResult ran = shell("exec \"$0\" token list " + stdout);

    assertThat(ran.err()).contains("could not be written");
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  void a_message_after_a_response_body_begins_on_a_line_of_its_own() {
    logIn();
    everythingAnswers(okJson("{}").withStatus(500));

    assertThat(shell("exec \"$0\" api GET /nothing 2>&1").out()).startsWith("{}\nError: ");
    assertThat(shell("exec \"$0\" api GET /nothing").out()).isEqualTo("{}");
    assertThat(shell("exec \"$0\" api GET /nothing").err()).startsWith("Error: ");
  }

  @Test
  @Tag("I1")
  void a_new_token_that_cannot_be_printed_is_named_with_the_command_to_delete_it() {
    assumeTrue(Files.isWritable(Path.of("/dev/full")));
    logIn();
    everythingAnswers(okJson("\"" + token + "\""));
    exchangeAnswers(FakeJwt.livingFor(300, "streams"));

    CommandResult ran = shell("exec \"$0\" token set ci -u bob >/dev/full");

    assertThat(ran.err())
        .isEqualTo(
            "Error: The result could not be written to standard output. The new token is valid, but"
                + " nobody has it. Delete it: osmo token delete ci --user bob\n");
    assertThat(ran.code()).isEqualTo(10);
  }

  /** The next opened file would get the descriptor of the closed stream. */
  @ParameterizedTest
  @ValueSource(strings = {">&-", "2>&-", "<&-", "<&- >&-", "<&- >&- 2>&-", ">&- 2>&-"})
  @Tag("I1")
  void output_to_a_closed_stream_goes_to_no_file_or_request(String closed) throws IOException {
    CommandResult ran =
        shell(
            "\"$0\" login "
                + url()
                + " --token="
                + token
                + " "
                + closed
                + "; \"$0\" --debug token list "
                + closed
                + "; exec \"$0\" auth token");

    assertThat(ran.out()).contains("eyJ");
    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials()))
        .startsWith("{")
        .endsWith("}")
        .doesNotContain("Successfully", "a-name-to-look-for", "Warning");
    assertThat(config().resolve("credentials.lock")).isEmptyFile();
    assertThat(server.findAllUnmatchedRequests()).isEmpty();
    server.verify(
        0, postRequestedFor(urlPathEqualTo(EXCHANGE)).withRequestBody(containing("Successfully")));
  }

  /** Like a program ended by SIGPIPE, which shells do not report. */
  @Test
  void a_reader_that_ends_early_ends_a_list_silently() {
    everythingAnswers(okJson("[" + "{\"token_name\":\"one-of-many\"},".repeat(9_999) + "{}]"));
    logInByEnvironment();

    CommandResult ran = shell("\"$0\" token list | head -1; exit ${PIPESTATUS[0]}");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).hasLineCount(1);
    assertThat(ran.code()).isEqualTo(141);
  }

  /** Endless input, and a pipe without a writer. */
  @ParameterizedTest
  @ValueSource(strings = {"-", "leaks never"})
  void a_reader_that_ends_early_ends_a_scan(String paths) throws IOException {
    variable("TOKEN", token);
    Files.writeString(home.resolve("leaks"), (token + "\n").repeat(9_999));

    CommandResult ran =
        shell(
            "cd $HOME && mkfifo never && yes $TOKEN | timeout 90 \"$0\" token scan "
                + paths
                + " | head -1; exit ${PIPESTATUS[1]}");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains(":1:1: osmo_").hasLineCount(1);
    assertThat(ran.code()).isEqualTo(141);
  }

  /** It cannot be printed again. */
  @ParameterizedTest
  @CsvSource({
    "token set ci, '\"{t}\"'",
    "token rotate ci, '{\"token\":\"{t}\"}'",
    "api POST /api/auth/access_token/ci, '\"{t}\"'"
  })
  void a_new_secret_that_could_not_be_printed_is_reported(String command, String answer) {
    logInByEnvironment();
    everythingAnswers(okJson(answer.replace("{t}", token)));
    exchangeAnswers(FakeJwt.livingFor(300, "environment"));

    CommandResult ran =
        shell("set -o pipefail; (sleep 1; exec \"$0\" " + command + ") | exec true");

    assertThat(ran.err()).contains("could not be written");
    assertThat(ran.code()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<(echo $TOKEN)", "/dev/stdin", "pipe"})
  void a_token_file_may_be_a_pipe(String file) throws IOException {
    variable("TOKEN", token);

    CommandResult ran =
        shell(
            "cd $HOME && mkfifo -m 644 pipe && (echo $TOKEN > pipe &) && echo $TOKEN |"
                + " OSMO_STRICT=1 \"$0\" login "
                + url()
                + " --token-file="
                + file);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials())).contains(token);
  }
}
