package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens stored by a real credential helper. */
class CredentialHelperIT extends ProcessTest {
  private static final String KEEPER =
      """
      #!/bin/sh
      in=$(cat)
      echo "$1" >> "$HOME/calls"
      case $1 in
        store)
          key=$(printf %s "$in" | sed 's/.*"ServerURL": *"\\([^"]*\\)".*/\\1/')
          printf %s "$in" > "$HOME/kept-$(printf %s "$key" | tr -c 'a-z0-9\\n' _)" ;;
        get) cat "$HOME/kept-$(printf %s "$in" | tr -c 'a-z0-9\\n' _)" 2>/dev/null ||
          { echo "credentials not found in native keychain"; exit 1; } ;;
        erase) rm "$HOME/kept-$(printf %s "$in" | tr -c 'a-z0-9\\n' _)" ;;
      esac
      """;

  private Path bin;

  @BeforeEach
  void helperOnThePath() throws IOException {
    bin = Files.createDirectory(home.resolveSibling("bin"));
    variable("PATH", bin + ":" + System.getenv("PATH"));
    program("osmo-credential-keeper", KEEPER);
    exchangeAnswers(FakeJwt.livingFor(300, "first"));
    everythingElseAnswers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"osmo-credential-", "docker-credential-"})
  @Tag("I1")
  void the_token_is_with_the_helper_and_not_in_the_file(String prefix) throws IOException {
    program(prefix + "other", KEEPER);

    assertThat(logInWith("--credential-helper=other").code()).isZero();

    assertThat(Files.readString(credentials())).contains("\"other\"").doesNotContain(token);
    assertThat(kept()).isEqualTo(1);
    assertThat(run("token", "list").code()).isZero();
  }

  @Test
  void the_helper_is_called_only_if_the_jwt_has_expired() throws IOException {
    logInWith("--credential-helper=keeper");
    run("token", "list");
    assertThat(calls()).isEqualTo("store\n");

    letTheJwtGetOld();
    assertThat(run("token", "list").code()).isZero();

    assertThat(calls()).isEqualTo("store\nget\n");
    assertThat(Files.readString(credentials())).doesNotContain(token);
  }

  @Test
  void logout_erases_the_token_from_the_helper() throws IOException {
    logInWith("--credential-helper=keeper");

    assertThat(run("logout").code()).isZero();

    assertThat(kept()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void revocation_erases_the_token_from_the_helper() throws IOException {
    logInWith("--credential-helper=keeper");
    everythingAnswers(okJson("null"));

    assertThat(run("logout", "--revoke").code()).isZero();

    assertThat(kept()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void each_context_has_its_own_entry_in_the_helper() throws IOException {
    variable("OSMO_CREDENTIAL_HELPER", "keeper");
    logInWith("--context=one");
    logInWith("--context=two");
    assertThat(kept()).isEqualTo(2);

    run("context", "delete", "one");

    assertThat(kept()).isEqualTo(1);
    run("logout", "--all");
    assertThat(kept()).isZero();
  }

  @Test
  void a_failing_helper_does_not_prevent_erasing_other_secrets() throws IOException {
    program("osmo-credential-broken", "#!/bin/sh\n[ $1 = store ] || { echo locked; exit 1; }\n");
    logInWith("--credential-helper=broken", "--context=a");
    logInWith("--credential-helper=keeper", "--context=b");

    CommandResult ran = run("logout", "--all");

    assertThat(ran.err()).contains("osmo-credential-broken could not erase the token of", "locked");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(kept()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  /** The server and the helper have the new secret, the file does not. */
  @Test
  void a_kill_while_the_helper_stores_a_secret_keeps_a_working_context() throws IOException {
    String newer = Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
    rotationOfTheTokenInUse(newer);
    logInWith("--credential-helper=keeper");
    program("osmo-credential-keeper", KEEPER + "[ $1 != store ] || kill -9 $PPID\n");

    assertThat(run("token", "rotate", "self").code()).isEqualTo(128 + 9);

    program("osmo-credential-keeper", KEEPER);
    letTheJwtGetOld();
    assertThat(run("token", "list").code()).isZero();
    server.verify(postRequestedFor(urlPathEqualTo(EXCHANGE)).withRequestBody(containing(newer)));
  }

  @Test
  void contexts_in_the_file_get_a_new_secret_in_one_step() throws IOException {
    String newer = Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
    rotationOfTheTokenInUse(newer);
    logInWith("--context=b", "--credential-helper=keeper");
    logInWith("--context=c");
    logInWith("--context=a");
    program("osmo-credential-keeper", "#!/bin/sh\nkill -9 $PPID\n");

    assertThat(run("token", "rotate", "self").code()).isEqualTo(128 + 9);

    assertThat(Files.readString(credentials()))
        .doesNotContain(token)
        .satisfies(file -> assertThat(file.split(newer, -1)).hasSize(3));
  }

  /** Every exchange returns the same token id, and a rotation returns the new secret. */
  private void rotationOfTheTokenInUse(String newer) {
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"pat_id\":\"pat_self\"}"));
    server.stubFor(
        post(urlPathEqualTo("/api/auth/access_token/self/rotate"))
            .willReturn(okJson("{\"token\":\"" + newer + "\",\"id\":\"pat_self\"}")));
  }

  @Test
  void a_new_login_keeps_the_storage_of_the_login_it_replaces() throws IOException {
    logInWith("--credential-helper=keeper");
    logInWith("--strict");
    assertThat(kept()).isEqualTo(1);
    assertThat(Files.readString(credentials())).doesNotContain(token);

    logInWith("--credential-helper=none");

    assertThat(kept()).isZero();
    assertThat(Files.readString(credentials())).contains(token);
  }

  @Test
  void the_error_of_a_failing_helper_is_printed() throws IOException {
    logInWith("--credential-helper=keeper");
    letTheJwtGetOld();
    program("osmo-credential-keeper", "#!/bin/sh\necho 'the keyring is locked'; exit 1\n");

    CommandResult ran = run("token", "list");

    assertThat(ran.err())
        .startsWith("Error: The credential helper osmo-credential-keeper has no token for ")
        .contains("the keyring is locked");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  @Tag("I1")
  void a_response_that_is_not_a_token_is_not_printed() throws IOException {
    logInWith("--credential-helper=keeper");
    letTheJwtGetOld();
    program("osmo-credential-keeper", "#!/bin/sh\necho hunter2\n");

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("returned an invalid response").doesNotContain("hunter2");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  void a_helper_that_cannot_store_creates_no_context() throws IOException {
    program("osmo-credential-keeper", "#!/bin/sh\necho 'no room'; exit 1\n");

    CommandResult ran = logInWith("--credential-helper=keeper");

    assertThat(ran.err()).contains("could not store the token: no room");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "../keeper", "-x", ""})
  void a_missing_or_invalid_helper_is_refused(String name) {
    CommandResult ran = logInWith("--credential-helper=" + name);

    assertThat(ran.err()).contains("credential helper");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(credentials()).doesNotExist();
  }

  private CommandResult logInWith(String... options) {
    Stream<String> login = Stream.of("login", url(), "--method=token", "--token-file=-");
    return runTyping(token, Stream.concat(login, Stream.of(options)).toArray(String[]::new));
  }

  private void everythingElseAnswers() {
    server.stubFor(get(anyUrl()).willReturn(okJson("[]")));
  }

  private void program(String name, String text) throws IOException {
    assertThat(Files.writeString(bin.resolve(name), text).toFile().setExecutable(true)).isTrue();
  }

  private String calls() throws IOException {
    return Files.readString(home.resolve("calls"));
  }

  private long kept() throws IOException {
    try (var files = Files.newDirectoryStream(home, "kept-*")) {
      return StreamSupport.stream(files.spliterator(), false).count();
    }
  }
}
