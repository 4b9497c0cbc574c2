package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code token revoke --leaked}. */
interface LeakCommandContract extends CommandContract {
  String LEAKED = "/api/auth/leaked";

  @BeforeEach
  default void theServerTakesReports() {
    variable("OSMO_URL", url());
    everythingAnswers(jsonResponse("{\"received\":1}", 202));
  }

  @Test
  default void all_tokens_in_a_text_are_reported_once_without_a_login() {
    CommandResult ran =
        runTyping("a=" + token() + "\nb=" + token() + " osmo_x", "token", "revoke", "--leaked=-");

    assertThat(ran).isEqualTo(new CommandResult(0, "Reported as leaked: 1\n", ""));
    sent(
        postRequestedFor(urlEqualTo(LEAKED))
            .withHeader("Authorization", absent())
            .withRequestBody(equalToJson("{\"tokens\":[\"" + token() + "\"]}")));
    assertThat(exchanges()).isZero();
    assertThat(config()).doesNotExist();
  }

  @Test
  default void the_report_of_a_scan_is_read_although_it_has_no_tokens() throws IOException {
    Files.createDirectories(home().resolve("a:1:2"));
    Files.writeString(home().resolve("a:1:2/x y"), "\n x " + token());
    String report = run("token", "scan", home().toString()).out();
    assertThat(report).doesNotContain(token());

    CommandResult ran = runTyping(report, "token", "revoke", "--leaked", "-");

    assertThat(ran).isEqualTo(new CommandResult(0, "Reported as leaked: 1\n", ""));
    assertThat(reported()).containsExactly(token());
  }

  /** Only the exchange can open them, and it ends their sessions. */
  @Test
  default void refresh_tokens_are_revoked_and_not_reported_as_leaked() throws IOException {
    String refreshToken = refreshToken();
    server().stubFor(post(urlEqualTo("/oauth2/revoke")).willReturn(aResponse().withStatus(200)));
    Files.writeString(home().resolve("x"), "a " + refreshToken + "\n" + token());
    String report = run("token", "scan", home().toString()).out();

    CommandResult ran = runTyping(report, "token", "revoke", "--leaked", "-");

    assertThat(ran.out()).isEqualTo("Reported as leaked: 1\nRefresh tokens reported: 1\n");
    assertThat(ran.err()).startsWith("Access tokens that were created in a session remain valid.");
    assertThat(ran.code()).isZero();
    assertThat(reported()).containsExactly(token());
    sent(
        postRequestedFor(urlEqualTo("/oauth2/revoke"))
            .withHeader("Authorization", absent())
            .withRequestBody(equalTo("token=" + refreshToken)));
  }

  /** One kind is not left valid because the server refuses the other. */
  @ParameterizedTest
  @CsvSource({
    "503, 202, 75, 'Access tokens reported: 0 of 1 (Broken); Refresh tokens reported: 1 of 1'",
    "200, 500, 10, 'Access tokens reported: 1 of 1; Refresh tokens reported: 0 of 1 (Broken)'",
    "503, 500, 75, 'Access tokens reported: 0 of 1 (Broken); Refresh tokens reported: 0 of 1 (Broken)'"
  })
  default void each_kind_of_token_is_reported_also_if_the_other_is_refused(
      int reporting, int revoking, int code, String what) {
    server().stubFor(post(urlEqualTo(LEAKED)).willReturn(problem(reporting, "Broken")));
    server().stubFor(post(urlEqualTo("/oauth2/revoke")).willReturn(problem(revoking, "Broken")));

    CommandResult ran = runTyping(token() + "\n" + refreshToken(), "token", "revoke", "--leaked=-");

    assertThat(ran.err())
        .contains("Error: " + what + ". Run the command again with the same text.\n");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(code);
    server().verify(moreThanOrExactly(1), postRequestedFor(urlEqualTo(LEAKED)));
    server().verify(moreThanOrExactly(1), postRequestedFor(urlEqualTo("/oauth2/revoke")));
  }

  @Test
  default void a_location_without_a_token_is_reported() throws IOException {
    Path file = Files.writeString(home().resolve("x"), token());
    String report = run("token", "scan", home().toString()).out();
    Files.writeString(file, " " + token());

    CommandResult ran = runTyping(report, "token", "revoke", "--leaked", "-");

    assertThat(ran.out()).isEqualTo("Reported as leaked: 0\n");
    assertThat(ran.err()).startsWith("Warning: 1 reported locations");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_text_without_tokens_or_locations_is_an_error() throws IOException {
    Files.writeString(home().resolve("x"), token());
    String sarif = run("token", "scan", home().toString(), "-t", "sarif").out();
    Files.writeString(home().resolve("y"), "no token\n");

    CommandResult piped = runTyping(sarif, "token", "revoke", "--leaked", "-");
    CommandResult file = run("token", "revoke", "--leaked=~/y", "-t", "json");

    assertThat(piped.err())
        .startsWith("Error: There is no token in standard input.")
        .contains("text report of osmo token scan");
    assertThat(piped.out()).isEmpty();
    assertThat(piped.code()).isEqualTo(2);
    assertThat(file.err()).contains("\"message\": \"There is no token in ~/y\"");
    assertThat(file.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  default void the_report_of_a_clean_scan_reports_nothing(String report) {
    CommandResult ran = runTyping(report, "token", "revoke", "--leaked", "-");

    assertThat(ran).isEqualTo(new CommandResult(0, "Reported as leaked: 0\n", ""));
    nothingWasSent();
  }

  @Test
  default void a_file_is_verified_with_json_output() throws IOException {
    Files.writeString(home().resolve("x"), token());

    assertThat(run("token", "revoke", "--leaked=~/x", "-t", "json").out())
        .isEqualTo(
            "{\n  \"reported\": 1,\n  \"refresh_tokens_reported\": 0,\n  \"unread\": 0\n}\n");
    assertThat(run("token", "revoke", "--leaked=~/y").code()).isEqualTo(2);
  }

  @Test
  default void tokens_are_reported_in_batches_of_a_thousand() throws IOException {
    SecureRandom random = new SecureRandom();
    String text =
        Stream.generate(() -> PatText.random(random).text())
            .limit(1001)
            .collect(Collectors.joining("\n"));

    CommandResult ran = runTyping(text, "token", "revoke", "--leaked=-");

    assertThat(ran.out()).isEqualTo("Reported as leaked: 1001\n");
    assertThat(batches()).extracting(batch -> batch.path("tokens").size()).containsExactly(1000, 1);
    assertThat(reported()).containsExactlyInAnyOrderElementsOf(text.lines().toList());
  }

  @Test
  @Tag("I1")
  default void leaked_tokens_do_not_leave_this_machine_unencrypted() {
    variable("OSMO_URL", "http://osmo.example.com");

    CommandResult ran = runTyping(token(), "token", "revoke", "--leaked=-");

    assertThat(ran.err()).contains("unencrypted").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void leaked_tokens_are_sent_unencrypted_if_the_environment_allows_it() {
    variable("OSMO_URL", notLoopback());
    variable("OSMO_ALLOW_HTTP", "1");

    CommandResult ran = runTyping(token(), "token", "revoke", "--leaked=-");

    assertThat(ran).isEqualTo(new CommandResult(0, "Reported as leaked: 1\n", ""));
  }

  @Test
  default void a_failed_report_says_how_many_tokens_were_reported() {
    everythingAnswers(problem(500, "Broken"));

    CommandResult ran = runTyping(token(), "token", "revoke", "--leaked=-");

    assertThat(ran.err()).contains("Access tokens reported: 0 of 1 (Broken)");
    assertThat(ran.code()).isEqualTo(10);
  }

  private static String refreshToken() {
    return "osmo_rt_" + "AZ-_09az".repeat(25);
  }

  private List<String> reported() throws IOException {
    return batches().stream()
        .flatMap(
            batch ->
                Stream.iterate(0, i -> i < batch.path("tokens").size(), i -> i + 1)
                    .map(i -> batch.path("tokens").path(i).asText()))
        .toList();
  }

  private List<JsonNode> batches() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> bodies = new ArrayList<>();
    for (LoggedRequest request : server().findAll(postRequestedFor(urlEqualTo(LEAKED)))) {
      bodies.add(json.readTree(request.getBody()));
    }
    return bodies;
  }
}
