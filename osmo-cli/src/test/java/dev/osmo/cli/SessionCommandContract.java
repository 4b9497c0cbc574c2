package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface SessionCommandContract extends CommandContract {
  String LIST = "/api/auth/access_token";

  String SECOND = FakeJwt.livingFor(300, "second");

  @BeforeEach
  default void loggedIn() {
    logInBeforeARenewal();
  }

  @Test
  default void a_valid_jwt_is_used_without_renewal() {
    acceptsOnly(logInBeforeARenewal());

    assertThat(run("token", "list").code()).isZero();
    assertThat(exchanges()).isZero();
  }

  @Test
  default void an_expired_jwt_is_renewed_before_the_request_and_saved() throws IOException {
    String first = logInBeforeARenewal();
    letTheJwtGetOld();
    acceptsOnly(SECOND);

    assertThat(run("token", "list").code()).isZero();
    assertThat(run("token", "list").code()).isZero();

    assertThat(exchanges()).isEqualTo(1);
    server()
        .verify(
            0,
            getRequestedFor(urlPathEqualTo(LIST))
                .withHeader("Authorization", equalTo("Bearer " + first)));
    assertThat(Files.readString(credentials())).contains(SECOND).contains(token());
  }

  @Test
  default void a_refused_jwt_is_renewed_once_and_the_request_retried() {
    acceptsOnly(SECOND);

    assertThat(run("token", "list").code()).isZero();
    assertThat(exchanges()).isEqualTo(1);
  }

  @Test
  default void a_server_that_keeps_refusing_gets_two_requests() {
    server().stubFor(get(urlPathEqualTo(LIST)).willReturn(problem(401, "The login is not valid")));

    CommandResult ran = run("token", "list");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).contains("The login is not valid").contains("osmo login");
    assertThat(exchanges()).isEqualTo(1);
    server().verify(2, getRequestedFor(urlPathEqualTo(LIST)));
  }

  @Test
  @Tag("I3")
  default void an_unusable_token_is_exit_code_4() throws IOException {
    letTheJwtGetOld();
    everythingAnswers(problem(401, "Access Token has expired"));

    CommandResult ran = run("token", "list");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).contains("Access Token has expired");
    server().verify(0, getRequestedFor(urlPathEqualTo(LIST)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"version\":1}", "\u0000\u0001", "{\"url\": 7}"})
  default void a_damaged_file_asks_for_a_login_that_replaces_it(String damage) throws IOException {
    Files.writeString(credentials(), damage);

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("is damaged").contains("osmo login");
    assertThat(ran.code()).isEqualTo(4);
    nothingWasSent();
    assertThat(run("login", url(), "--method=token", "--token=" + token()).code()).isZero();
  }

  @Test
  default void a_new_login_keeps_a_copy_of_a_damaged_file() throws IOException {
    String damaged = Files.readString(credentials()).replaceFirst("\"jwt\"", "\"jw");
    Files.writeString(credentials(), damaged);
    Path kept = config().resolve("credentials.damaged.json");

    CommandResult ran = runTyping(token(), "login", url(), "--token-file=-");

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains(credentials() + " is kept as " + kept);
    assertThat(kept).hasContent(damaged);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    run("logout");
    assertThat(kept).exists();
    logInBeforeARenewal();
    run("logout", "--all");
    assertThat(config().toFile().list()).containsExactly("credentials.lock");
  }

  /** Each may contain the only copy of a token, so the user must decide. */
  @Test
  default void no_copy_of_a_damaged_file_replaces_another() throws IOException {
    for (int i = 1; i <= 9; i++) {
      Files.writeString(credentials(), "damage " + i);
      assertThat(runTyping(token(), "login", url(), "--token-file=-").code()).isZero();
    }
    Files.writeString(credentials(), "damage 10");
    CommandResult ran = runTyping(token(), "login", url(), "--token-file=-");

    assertThat(config().resolve("credentials.damaged.json")).hasContent("damage 1");
    for (int i = 2; i <= 9; i++) {
      assertThat(config().resolve("credentials.damaged-" + i + ".json")).hasContent("damage " + i);
    }
    assertThat(ran.err()).contains("damaged").contains("osmo logout --all");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(credentials()).hasContent("damage 10");
    run("logout", "--all");
    assertThat(config().toFile().list()).containsExactly("credentials.lock");
  }

  /** Times that can be in a file but are impossible. */
  @ParameterizedTest
  @CsvSource({
    "jwt_lifetime_seconds, 9223372036854775807",
    "jwt_lifetime_seconds, -9223372036854775808",
    "jwt_received_at, \"+1000000000-12-31T23:59:59Z\"",
    "jwt_received_at, \"-1000000000-01-01T00:00:00Z\""
  })
  default void impossible_times_are_expired_or_damaged(String member, String value)
      throws IOException {
    String file = Files.readString(credentials());
    Files.writeString(
        credentials(),
        file.replaceAll("\"" + member + "\": [^,\\n]*", "\"" + member + "\": " + value));
    acceptsOnly(SECOND);

    assertThat(run("token", "list").err()).doesNotContain("osmo itself failed");
  }

  @Test
  default void a_directory_that_cannot_be_written_is_named() throws IOException {
    letTheJwtGetOld();
    Files.delete(config().resolve("credentials.lock"));
    Files.createDirectory(config().resolve("credentials.lock"));

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains(config().toString());
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_renewal_leaves_no_temporary_file_and_keeps_the_mode() throws IOException {
    letTheJwtGetOld();
    acceptsOnly(SECOND);

    run("token", "list");

    try (var files = Files.list(config())) {
      assertThat(files).hasSize(2);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
  }

  /** The first JWT. The next exchange returns {@link #SECOND}. */
  private String logInBeforeARenewal() {
    String first = logIn();
    exchangeAnswers(SECOND);
    return first;
  }

  private void acceptsOnly(String jwt) {
    server()
        .stubFor(
            get(urlPathEqualTo(LIST))
                .atPriority(9)
                .willReturn(problem(401, "The login is not valid")));
    server()
        .stubFor(
            get(urlPathEqualTo(LIST))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer " + jwt))
                .willReturn(okJson("[]")));
  }
}
