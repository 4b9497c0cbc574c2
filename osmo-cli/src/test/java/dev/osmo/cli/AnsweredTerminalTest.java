package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions at a terminal, which the processes of tests do not have. */
@QuarkusTest
class AnsweredTerminalTest extends CommandTest {
  @BeforeEach
  void somebodySitsThere() {
    logIn();
    everythingAnswers(okJson("null"));
    terminal.answered(true);
  }

  @AfterEach
  void nobodyDoes() {
    terminal.answered(false);
  }

  @Test
  void a_token_is_revoked_only_after_confirmation() {
    CommandResult no = runTyping("n\n", "token", "revoke", "ci");
    assertThat(no.out()).isEqualTo("Cancelled\n");
    assertThat(no.err()).isEqualTo("Permanently revoke token ci? [y/N]: ");
    nothingWasSent();

    assertThat(runTyping("y\n", "token", "revoke", "ci").out())
        .isEqualTo("Access token ci revoked\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/ci/revoke")));
  }

  @Test
  void yes_asks_no_question() {
    assertThat(run("token", "revoke", "ci", "--yes"))
        .isEqualTo(new CommandResult(0, "Access token ci revoked\n", ""));
  }

  @Test
  void no_input_asks_no_question_and_names_the_option() {
    CommandResult ran = runTyping("y", "token", "revoke", "ci", "--no-input");

    assertThat(ran.err())
        .startsWith("Error: No answer to 'Permanently revoke token ci")
        .contains("--yes");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  /** The end of input at a terminal is an answer. */
  @Test
  void the_end_of_input_cancels_and_does_not_disturb_json() {
    assertThat(run("token", "revoke", "ci").out()).isEqualTo("Cancelled\n");
    assertThat(run("token", "revoke", "ci", "-t", "json"))
        .isEqualTo(new CommandResult(0, "", "Permanently revoke token ci? [y/N]: Cancelled\n"));
    nothingWasSent();
  }

  @ParameterizedTest
  @CsvSource({"delete, Delete", "suspend, Suspend", "revoke, Permanently revoke"})
  void the_token_in_use_is_only_changed_after_confirmation(String verb, String asked) {
    logInAsTheToken("my-token");
    String question =
        asked + " token my-token, which context default in " + credentials() + " uses? [y/N]: ";

    for (String typed : List.of("self", "MY-TOKEN", "pat_1")) {
      assertThat(runTyping("n", "token", verb, typed))
          .isEqualTo(new CommandResult(0, "Cancelled\n", question));
    }
    assertThat(runTyping("n", "token", verb, "my-token", "-u", "me@example.com").out())
        .isEqualTo("Cancelled\n");
    nothingWasSent();
    assertThat(run("token", verb, "self", "--yes").out())
        .isEqualTo("Access token my-token " + past(verb) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "suspend"})
  void another_token_is_changed_without_a_question(String verb) {
    logInAsTheToken("my-token");

    assertThat(run("token", verb, "ci"))
        .isEqualTo(new CommandResult(0, "Access token ci " + past(verb) + "\n", ""));
    assertThat(run("token", verb, "my-token", "-u", "bob").err()).isEmpty();
  }

  private static String past(String verb) {
    return verb.replaceFirst("e?$", "ed");
  }
}
