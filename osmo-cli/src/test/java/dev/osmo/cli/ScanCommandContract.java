package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface ScanCommandContract extends CommandContract {

  @Test
  default void a_generated_token_is_well_formed_and_random() {
    String first = run("token", "generate").out();
    String second = run("token", "generate").out();

    assertThat(first).matches("osmo_[0-9A-Za-z]{34}\n").isNotEqualTo(second);
    assertThat(runTyping(first, "token", "verify").code()).isZero();
  }

  @Test
  default void verify_checks_format_and_checksum_without_a_request() {
    CommandResult good = runTyping(token() + "\n", "token", "verify");
    CommandResult bad = runTyping(token().substring(0, 38) + "!", "token", "verify");

    assertThat(good).isEqualTo(new CommandResult(0, "Shape and checksum: ok\n", ""));
    assertThat(bad.err()).contains("mistyped");
    assertThat(bad.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void verify_with_server_exchanges_the_token_and_stores_nothing() {
    exchangeAnswers(
        FakeJwt.withClaims("{\"exp\":300,\"iat\":1,\"sub\":\"me\",\"osmo_token_name\":\"ci\"}"));

    CommandResult ran = runTyping(token(), "token", "verify", "-", "--server", url());

    assertThat(ran.out())
        .isEqualTo(
            "Shape and checksum: ok\nServer: " + url() + " accepts it\nUser: me\nToken: ci\n");
    sent(
        postRequestedFor(urlEqualTo(EXCHANGE))
            .withRequestBody(equalToJson("{\"token\":\"" + token() + "\"}")));
    assertThat(config()).doesNotExist();
  }

  @Test
  default void verify_uses_the_server_of_the_context_by_default() {
    logIn();
    everythingAnswers(problem(401, "Access Token is invalid"));

    CommandResult ran = runTyping(token(), "token", "verify", "--server");

    assertThat(ran.err()).contains("Access Token is invalid");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  default void verify_sends_no_token_unencrypted() {
    CommandResult ran = runTyping(token(), "token", "verify", "--server=http://osmo.example.com");

    assertThat(ran.err()).contains("unencrypted");
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "no", "off", "yes", "http://0.0.0.0"})
  @Tag("I9")
  default void only_1_and_true_allow_sending_a_token_unencrypted(String value) {
    variable("OSMO_ALLOW_HTTP", value);

    CommandResult ran = runTyping(token(), "token", "verify", "--server=" + notLoopback());

    assertThat(ran.err()).contains("unencrypted");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true"})
  default void verify_sends_a_token_unencrypted_if_the_environment_allows_it(String value) {
    exchangeAnswers(FakeJwt.withClaims("{\"exp\":300,\"iat\":1}"));
    variable("OSMO_ALLOW_HTTP", value);

    CommandResult ran = runTyping(token(), "token", "verify", "--server=" + notLoopback());

    assertThat(ran.out()).contains("Server: " + notLoopback() + " accepts it");
    assertThat(ran.code()).isZero();
  }

  @Test
  @Tag("I1")
  default void scan_prints_the_locations_and_masks_the_tokens() throws IOException {
    Path leak = write("src/config.yml", "a: 1\n  token: " + token() + " # here\n");

    CommandResult ran = run("token", "scan", home().toString());

    assertThat(ran.out()).isEqualTo(leak + ":2:10: " + token().substring(0, 9) + "***\n");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void scan_of_a_clean_tree_prints_nothing() throws IOException {
    write("a/b", "osmo_ token osmo_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

    assertThat(run("token", "scan", home().toString())).isEqualTo(new CommandResult(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x{t}", "_{t}", "{t}x", "{t}_", "{t}0", "osmo_{t}"})
  default void a_word_that_only_contains_a_token_is_not_reported(String text) {
    assertThat(runTyping(text.replace("{t}", token()), "token", "scan", "-").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{t}", "\"{t}\"", "={t}\n", "o{t2}", "osmo {t}", "oosmo-{t}", "-{t}-"})
  default void a_token_is_found_between_other_characters(String text) {
    String input = text.replace("{t}", token()).replace("o{t2}", "x" + "o o:" + token());

    CommandResult ran = runTyping(input, "token", "scan", "-");

    assertThat(ran.out()).startsWith("stdin:1:").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void a_text_with_a_wrong_checksum_is_not_a_token() {
    char last = token().charAt(38) == '0' ? '1' : '0';

    assertThat(runTyping(token().substring(0, 38) + last, "token", "scan", "-").code()).isZero();
  }

  @Test
  @Tag("I1")
  default void a_kubernetes_secret_and_a_utf_16_file_are_searched() throws IOException {
    String encoded = Base64.getEncoder().encodeToString(token().getBytes(StandardCharsets.UTF_8));
    Path secret = write("secret.yml", "data:\n  token: " + encoded + "\n");
    Path wide = home().resolve("wide.txt");
    Files.write(wide, ("\ufeffset T=" + token()).getBytes(StandardCharsets.UTF_16LE));

    CommandResult ran = run("token", "scan", home().toString());

    assertThat(ran.out().lines().toList())
        .containsExactlyInAnyOrder(
            secret + ":2:10: " + token().substring(0, 9) + "***",
            wide + ":1:8: " + token().substring(0, 9) + "***");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  @Tag("I1")
  default void refresh_tokens_are_found_and_masked() throws IOException {
    String refreshToken = "osmo_rt_" + "AZ-_09az".repeat(25);
    Path saved = write("credentials.json", "{\n  \"refresh_token\": \"" + refreshToken + "\"}");

    CommandResult ran = run("token", "scan", home().toString());
    JsonNode sarif =
        new ObjectMapper().readTree(run("token", "scan", "-t", "sarif", home().toString()).out());

    assertThat(ran).isEqualTo(new CommandResult(1, saved + ":2:21: osmo_rt_***\n", ""));
    JsonNode result = sarif.at("/runs/0/results/0");
    assertThat(result.path("ruleId").asText())
        .isEqualTo("osmo-refresh-token")
        .isEqualTo(sarif.at("/runs/0/tool/driver/rules/1/id").asText());
    assertThat(result.at("/locations/0/physicalLocation/region/endColumn").asInt())
        .isEqualTo(21 + refreshToken.length());
  }

  @Test
  default void archives_binaries_history_and_links_are_skipped_unless_named() throws IOException {
    Path archive = write("a.ZIP", token());
    write("binary", "\u0000" + token());
    write(".git/objects/x", token());
    Path elsewhere = Files.createDirectory(home().resolve("elsewhere"));
    Path outside = Files.writeString(Files.createTempFile("osmo", "leak"), token());
    Files.createSymbolicLink(elsewhere.resolve("link"), outside);

    assertThat(run("token", "scan", home().toString()).code()).isZero();
    assertThat(run("token", "scan", archive.toString()).code()).isEqualTo(1);
    Files.delete(outside);
  }

  @Test
  default void an_unreadable_file_is_not_reported_as_clean() {
    CommandResult ran = run("token", "scan", home().resolve("nowhere").toString());

    assertThat(ran.err()).contains("Cannot read").contains("nowhere");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void scan_writes_sarif_for_code_hosts() throws IOException {
    Path leak = write("a b.txt", "\nä日" + token());

    CommandResult ran = run("token", "scan", "-t", "sarif", home().toString());

    JsonNode sarif = new ObjectMapper().readTree(ran.out());
    JsonNode result = sarif.at("/runs/0/results/0");
    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(result.path("ruleId").asText())
        .isEqualTo(sarif.at("/runs/0/tool/driver/rules/0/id").asText());
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("file://" + leak.toString().replace(" ", "%20"));
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(2);
    assertThat(result.at("/locations/0/physicalLocation/region/startColumn").asInt()).isEqualTo(3);
    assertThat(sarif.at("/runs/0/columnKind").asText()).isEqualTo("unicodeCodePoints");
    assertThat(sarif.at("/runs/0/invocations/0/executionSuccessful").asBoolean()).isTrue();
    assertThat(ran.out()).doesNotContain(token());
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void scan_writes_sarif_without_results_and_reports_unreadable_files() throws IOException {
    CommandResult ran = run("token", "scan", "-t", "sarif", home().resolve("nowhere").toString());

    JsonNode run = new ObjectMapper().readTree(ran.out()).at("/runs/0");
    assertThat(run.path("results").isArray()).isTrue();
    assertThat(run.path("results")).isEmpty();
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean(true)).isFalse();
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void scan_writes_json_for_programs() throws IOException {
    Path leak = write("x", "a\n " + token());

    assertThat(run("token", "scan", "-t", "json", leak.toString()).out())
        .isEqualTo(
            """
            [
              {
                "file": "%s",
                "line": 2,
                "column": 2,
                "token": "%s***"
              }
            ]
            """
                .formatted(leak, token().substring(0, 9)));
    assertThat(runTyping("clean", "token", "scan", "-t", "json", "-").out()).isEqualTo("[]\n");
  }

  @Test
  default void a_named_link_is_followed_and_reported_by_its_name() throws IOException {
    Path real = Files.createDirectories(home().resolve("real/deep"));
    Files.writeString(real.resolve("leak"), token());
    Path link = Files.createSymbolicLink(home().resolve("link"), home().resolve("real"));

    CommandResult ran = run("token", "scan", link.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith(link.resolve("deep/leak") + ":1:1: osmo_").hasLineCount(1);
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void a_file_named_like_an_extension_is_scanned() throws IOException {
    Path leak = write("a", token());

    assertThat(run("token", "scan", home().toString()).out()).startsWith(leak + ":1:1: ");
  }

  @Test
  default void wrong_usage_of_scan_is_reported_as_json() {
    CommandResult ran = run("token", "scan", "-t", "json");

    assertThat(ran.err()).startsWith("{").contains("\"exit_code\": 2");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void cyclic_links_and_pipes_do_not_block_a_scan() throws Exception {
    Path leak = write("deep/x", token());
    Files.createSymbolicLink(home().resolve("deep/up"), home());
    Path pipe = home().resolve("deep/pipe");
    assertThat(SystemProgram.run("mkfifo", pipe.toString())).isZero();

    CommandResult ran = run("token", "scan", home().toString());

    assertThat(ran.out()).isEqualTo(leak + ":1:1: " + token().substring(0, 9) + "***\n");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  default void a_token_in_a_line_of_many_megabytes_is_found() {
    String line = "x".repeat(3 * 1024 * 1024) + "=";

    assertThat(runTyping(line + token() + " " + line, "token", "scan", "-").out())
        .startsWith("stdin:1:" + (line.length() + 1) + ": ");
  }

  private Path write(String name, String text) throws IOException {
    Path file = home().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
