package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in the keeping of another program, which is a real one. */
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
  void the_helper_is_asked_only_when_the_jwt_is_old() throws IOException {
    logInWith("--credential-helper=keeper");
    run("token", "list");
    assertThat(calls()).isEqualTo("store\n");

    letTheJwtGetOld();
    assertThat(run("token", "list").code()).isZero();

    assertThat(calls()).isEqualTo("store\nget\n");
    assertThat(Files.readString(credentials())).doesNotContain(token);
  }

  @Test
  void logging_out_erases_the_token_there_too() throws IOException {
    logInWith("--credential-helper=keeper");

    assertThat(run("logout").code()).isZero();

    assertThat(kept()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void revoking_erases_the_token_there_too() throws IOException {
    logInWith("--credential-helper=keeper");
    everythingAnswers(okJson("null"));

    assertThat(run("logout", "--revoke").code()).isZero();

    assertThat(kept()).isZero();
    assertThat(credentials()).doesNotExist();
  }

  @Test
  void two_contexts_are_two_entries_and_each_is_erased_with_its_own() throws IOException {
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
  void a_new_login_goes_where_the_old_one_was_until_told_otherwise() throws IOException {
    logInWith("--credential-helper=keeper");
    logInWith("--strict");
    assertThat(kept()).isEqualTo(1);
    assertThat(Files.readString(credentials())).doesNotContain(token);

    logInWith("--credential-helper=none");

    assertThat(kept()).isZero();
    assertThat(Files.readString(credentials())).contains(token);
  }

  @Test
  void a_helper_that_refuses_is_quoted_and_the_login_unusable() throws IOException {
    logInWith("--credential-helper=keeper");
    letTheJwtGetOld();
    program("osmo-credential-keeper", "#!/bin/sh\necho 'the keyring is locked'; exit 1\n");

    Ran ran = run("token", "list");

    assertThat(ran.err())
        .startsWith("Error: The credential helper osmo-credential-keeper gives no token for ")
        .contains("the keyring is locked");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  @Tag("I1")
  void an_answer_that_is_no_token_is_not_repeated() throws IOException {
    logInWith("--credential-helper=keeper");
    letTheJwtGetOld();
    program("osmo-credential-keeper", "#!/bin/sh\necho hunter2\n");

    Ran ran = run("token", "list");

    assertThat(ran.err()).contains("answers something else").doesNotContain("hunter2");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  void a_helper_that_cannot_store_leaves_no_login() throws IOException {
    program("osmo-credential-keeper", "#!/bin/sh\necho 'no room'; exit 1\n");

    Ran ran = logInWith("--credential-helper=keeper");

    assertThat(ran.err()).contains("could not store the token: no room");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "../keeper", "-x", ""})
  void a_helper_that_is_not_there_or_no_name_at_all_is_refused(String name) {
    Ran ran = logInWith("--credential-helper=" + name);

    assertThat(ran.err()).contains("credential helper");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(credentials()).doesNotExist();
  }

  private Ran logInWith(String option) {
    return runTyping(token, "login", url(), "--method=token", "--token-file=-", option);
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
