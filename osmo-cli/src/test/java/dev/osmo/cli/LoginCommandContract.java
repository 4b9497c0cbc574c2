package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface LoginCommandContract extends CommandContract {

  @Test
  default void a_token_is_exchanged_and_the_user_is_greeted() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));

    CommandResult ran = run("login", url() + "/", "--method=token", "--token=" + token());

    assertThat(ran.out())
        .isEqualTo(Contracts.golden("login", "url", url(), "name", "user@example.com"));
    assertThat(ran.err()).startsWith("Warning: --token exposes the token in the shell's history");
    assertThat(ran.code()).isZero();
    sent(
        postRequestedFor(urlEqualTo(EXCHANGE))
            .withRequestBody(equalToJson("{\"token\":\"" + token() + "\"}"))
            .withHeader("Authorization", absent()));
  }

  @Test
  default void the_context_is_saved_in_an_owner_only_file() throws IOException {
    logIn();

    assertThat(mode(credentials())).isEqualTo("rw-------");
    assertThat(mode(config())).isEqualTo("rwx------");
    assertThat(mode(config().resolve("credentials.lock"))).isEqualTo("rw-------");
    try (var files = Files.list(config())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("credentials.json", "credentials.lock");
    }
  }

  @Test
  default void a_readable_file_is_replaced_by_an_owner_only_file() throws IOException {
    Files.createDirectories(config());
    Files.writeString(credentials(), "{}");
    Files.setPosixFilePermissions(credentials(), PosixFilePermissions.fromString("rw-rw-rw-"));

    logIn();

    assertThat(mode(credentials())).isEqualTo("rw-------");
  }

  @Test
  default void the_token_may_come_from_a_file_in_the_home_directory() throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));
    Files.writeString(home().resolve(".osmo-token"), " " + token() + "\r\n");

    CommandResult ran = run("login", url(), "--method=token", "--token-file=~/.osmo-token");

    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials())).contains(token());
  }

  @Test
  default void white_space_and_byte_order_marks_are_ignored() throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));
    Files.writeString(home().resolve(".osmo-token"), "\ufeff" + token() + "\r\n\r\n");

    assertThat(run("login", url(), "--token-file=~/.osmo-token").code()).isZero();
    assertThat(runTyping("\ufeff" + token(), "login", url(), "--token-file=-").code()).isZero();
  }

  @Test
  default void the_token_may_come_from_the_standard_input() {
    exchangeAnswers(FakeJwt.livingFor(300, "a"));

    CommandResult ran =
        runTyping(token() + "\n", "login", url(), "--method=token", "--token-file", "-");

    assertThat(ran.code()).isZero();
  }

  @Test
  default void without_a_url_the_server_of_the_context_is_used() {
    logIn();

    CommandResult ran = run("login", "--method=token", "--token=" + token());

    assertThat(ran.out()).startsWith("Logging in to " + url() + "\n");
  }

  @Test
  default void without_a_url_or_a_context_the_url_is_required() {
    CommandResult ran = run("login", "--method=token", "--token=" + token());

    assertThat(ran.err())
        .isEqualTo(
            "Error: No url provided and no previous login found. Please provide a url: osmo login"
                + " <url>\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void without_a_token_or_a_terminal_the_options_are_named() {
    CommandResult ran = run("login", url());

    assertThat(ran.err()).contains("no terminal", "--token-file=<file>", "--token-file=-");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkce", "code", "password", "dev", "nonsense"})
  default void another_method_is_refused_with_the_supported_one(String method) {
    CommandResult ran = run("login", url(), "--method", method);

    assertThat(ran.err()).contains(method).contains("--method=token");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_token_and_a_token_file_exclude_each_other() {
    CommandResult ran =
        run("login", url(), "--method=token", "--token=" + token(), "--token-file=-");

    assertThat(ran.err()).contains("mutually exclusive").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void the_method_token_needs_a_token() {
    CommandResult ran = run("login", url(), "--method=token");

    assertThat(ran.err()).contains("--token-file");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_truncated_token_is_reported_before_a_request() {
    String truncated = token().substring(0, 30);

    CommandResult ran = run("login", url(), "--method=token", "--token=" + truncated);

    assertThat(ran.err()).contains("truncated").doesNotContain(truncated);
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_missing_token_file_is_named() {
    CommandResult ran = run("login", url(), "--method=token", "--token-file=~/nowhere");

    assertThat(ran.err()).contains("There is no token file ~/nowhere");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_directory_is_not_a_token_file() {
    CommandResult ran = run("login", url(), "--method=token", "--token-file=~");

    assertThat(ran.err()).contains("Cannot read the token file ~");
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "osmo.example.com",
        "ftp://osmo.example.com",
        "https://",
        "https://h/?a=b",
        "https://h h"
      })
  default void an_invalid_url_is_a_user_error(String url) {
    CommandResult ran = run("login", url, "--method=token", "--token=" + token());

    assertThat(ran.err()).startsWith("Error: Bad url");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_password_in_the_url_is_refused_and_not_printed() {
    CommandResult ran =
        run("login", "https://me:hunter2@osmo.example.com", "--method=token", "--token=" + token());

    assertThat(ran.err()).startsWith("Error: Bad url").doesNotContain("hunter2");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_token_does_not_leave_this_machine_unencrypted() {
    CommandResult ran =
        run("login", "http://osmo.example.com", "--method=token", "--token=" + token());

    assertThat(ran.err()).contains("unencrypted").contains("--allow-http");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  @Tag("I9")
  default void a_refused_token_prints_the_reason_and_keeps_the_old_context() throws IOException {
    logIn();
    String before = Files.readString(credentials());
    everythingAnswers(problem(401, "Access Token is invalid"));

    CommandResult ran = run("login", url(), "--method=token", "--token=" + token());

    assertThat(ran.err())
        .contains("\nError: Access Token is invalid. ")
        .endsWith("Request id: request-7\n")
        .doesNotContain(token());
    assertThat(ran.code()).isEqualTo(4);
    assertThat(Files.readString(credentials())).isEqualTo(before);
  }

  @Test
  default void an_invalid_exchange_response_creates_no_context() {
    exchangeAnswers("not-a-jwt");

    CommandResult ran = run("login", url(), "--method=token", "--token=" + token());

    assertThat(ran.err()).contains("not a JWT");
    assertThat(ran.code()).isEqualTo(10);
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void a_refused_connection_is_a_network_error() {
    String noUser = url();
    server().stop();

    CommandResult ran = run("login", noUser, "--method=token", "--token=" + token());

    assertThat(ran.err()).contains("Cannot reach " + noUser);
    assertThat(ran.code()).isEqualTo(10);
  }

  @Test
  @Tag("I9")
  default void a_server_without_a_trusted_certificate_gets_no_token() {
    WireMockServer impostor =
        new WireMockServer(options().dynamicHttpsPort().httpDisabled(true).jettyAcceptors(1));
    impostor.start();
    try {
      String url = "https://localhost:" + impostor.httpsPort();

      CommandResult ran = run("login", url, "--method=token", "--token=" + token());

      assertThat(ran.err()).contains("No trusted TLS connection to " + url);
      assertThat(ran.code()).isEqualTo(10);
      assertThat(impostor.getAllServeEvents()).isEmpty();
    } finally {
      impostor.stop();
    }
  }

  @Test
  default void the_directory_follows_the_environment() {
    variable("XDG_CONFIG_HOME", home().resolve("xdg").toString());
    logIn();
    assertThat(home().resolve("xdg/osmo/credentials.json")).exists();

    variable("OSMO_CONFIG_FILE_DIR", home().resolve("own").toString());
    logIn();
    assertThat(home().resolve("own/credentials.json")).exists();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void logout_deletes_the_context() {
    logIn();

    CommandResult ran = run("logout");

    assertThat(ran.out()).isEqualTo(Contracts.golden("logout"));
    assertThat(credentials()).doesNotExist();
    assertThat(run("token", "list").code()).isEqualTo(4);
  }

  @Test
  default void a_second_logout_succeeds_and_creates_no_files() {
    CommandResult ran = run("logout");

    assertThat(ran.out()).isEqualTo(Contracts.golden("logout"));
    assertThat(ran.code()).isZero();
    assertThat(config()).doesNotExist();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
