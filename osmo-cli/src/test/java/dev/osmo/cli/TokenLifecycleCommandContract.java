package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
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

/** Commands for an existing token: show, rotate, suspend, resume, revoke. */
interface TokenLifecycleCommandContract extends CommandContract {
  String SELF = "pat_0000000000000000000001";
  String ROTATE = "/api/auth/access_token/ci/rotate";

  String SHOWN =
      """
      {"id":"pat_1","user_name":"me","token_name":"ci","expires_at":"2027-01-01T00:00:00","description":"Builds",
       "roles":["a","b"],"created_at":"2026-11-02T10:00:00.25Z","last_used_at":null,"state":"Revoked","reason":"leaked",
       "created_by":"me","parent_id":"pat_0","renewable_until":"2027-06-01T00:00:00Z","derived_tokens":2,
       "secrets":[{"created_at":"2026-11-02T10:00:00Z","first_used_at":"2026-11-03T10:00:00Z","valid_until":"2026-11-05T10:00:00Z","revoked_at":null},
                  {"created_at":"2026-11-04T10:00:00Z","first_used_at":null,"valid_until":null,"revoked_at":"2026-11-06T10:00:00Z"}]}
      """;

  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  /** A secret other than the one used for login. */
  default String newSecret() {
    return Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
  }

  default void rotationAnswers(String id) {
    everythingAnswers(
        okJson(
            """
            {"token":"%s","id":"%s","token_name":"ci","expires_at":"2027-01-01T00:00:00",
             "old_secret_valid_until":"2026-11-05T10:00:00.5Z"}
            """
                .formatted(newSecret(), id)));
  }

  /** Logs in with the token whose id is {@link #SELF}. */
  default void logInAsSelf() {
    exchangeAnswers(
        FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"name\":\"me\",\"pat_id\":\"" + SELF + "\"}"));
    assertThat(run("login", url(), "--method=token", "--token=" + token()).code()).isZero();
    server().resetRequests();
  }

  @Test
  default void show_prints_all_details_of_a_token() {
    everythingAnswers(okJson(SHOWN));

    CommandResult ran = run("token", "show", "ci");

    assertThat(ran).isEqualTo(new CommandResult(0, Contracts.golden("token-show"), ""));
    sent(getRequestedFor(urlEqualTo("/api/auth/access_token/ci")));
  }

  @Test
  default void show_as_json_is_what_the_server_sent() {
    everythingAnswers(okJson("{\"id\":\"pat_1\",\"secrets\":[]}"));

    assertThat(run("token", "show", "self", "-t", "json").out())
        .isEqualTo("{\n  \"id\": \"pat_1\",\n  \"secrets\": []\n}\n");
    assertThat(run("token", "show", "self", "--json=id").out())
        .isEqualTo("{\n  \"id\": \"pat_1\"\n}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ci, /api/auth/access_token/ci",
    "self, /api/auth/access_token/self",
    "pat_AbC, /api/auth/access_token/pat_AbC"
  })
  default void a_token_is_addressed_by_name_by_id_or_as_self(String typed, String path) {
    everythingAnswers(okJson("{}"));

    run("token", "show", typed);
    run("token", "suspend", typed);
    run("token", "show", typed, "--user", "bob");

    sent(getRequestedFor(urlEqualTo(path)));
    sent(postRequestedFor(urlEqualTo(path + "/suspend")));
    sent(getRequestedFor(urlEqualTo(path.replace("auth/", "auth/user/bob/"))));
  }

  @Test
  default void suspend_and_resume_print_the_result() {
    everythingAnswers(okJson("{\"state\":\"Suspended\"}"));

    assertThat(run("token", "suspend", "ci").out()).isEqualTo("Access token ci suspended\n");
    assertThat(run("token", "resume", "ci", "-u", "bob").out())
        .isEqualTo("Access token ci resumed for user bob\n");
    assertThat(run("token", "suspend", "ci", "--json=state").out())
        .isEqualTo("{\n  \"state\": \"Suspended\"\n}\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/ci/resume")));
  }

  @Test
  default void rotate_prints_the_new_secret_like_set() {
    rotationAnswers("pat_other");

    CommandResult ran = run("token", "rotate", "ci");

    assertThat(ran)
        .isEqualTo(
            new CommandResult(0, Contracts.golden("token-rotate", "token", newSecret()), ""));
    sent(postRequestedFor(urlEqualTo(ROTATE)).withHeader("Content-Length", equalTo("0")));
  }

  @Test
  default void rotate_sends_grace_and_expiration() {
    rotationAnswers("pat_other");

    run("token", "rotate", "ci", "--grace", "48", "--expires-in", "90d", "-u", "bob");
    run("token", "rotate", "ci", "--grace=7d", "-e", "2027-02-01");

    sent(
        postRequestedFor(
            urlEqualTo("/api/auth/user/bob/access_token/ci/rotate?grace=48&expires_in=90d")));
    sent(postRequestedFor(urlEqualTo(ROTATE + "?grace=7d&expires_at=2027-02-01")));
  }

  @Test
  default void rotate_takes_one_expiration_option() {
    CommandResult ran = run("token", "rotate", "ci", "-e", "2027-02-01", "--expires-in=9d");

    assertThat(ran.err()).contains("mutually exclusive");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  @Tag("I1")
  default void rotate_prints_only_the_secret_if_quiet_and_the_response_as_json() {
    rotationAnswers("pat_other");

    assertThat(run("token", "rotate", "ci", "-q").out()).isEqualTo(newSecret() + "\n");
    assertThat(run("token", "rotate", "ci", "--json=token,id").out())
        .isEqualTo("{\n  \"token\": \"" + newSecret() + "\",\n  \"id\": \"pat_other\"\n}\n");
  }

  @Test
  @Tag("I1")
  default void the_new_secret_of_another_token_is_stored_nowhere() throws IOException {
    rotationAnswers("pat_other");

    run("token", "rotate", "ci");

    assertThat(Files.readString(credentials())).doesNotContain(newSecret()).contains(token());
  }

  @Test
  default void rotating_the_token_in_use_updates_the_context() throws IOException {
    logInAsSelf();
    rotationAnswers(SELF);

    CommandResult ran = run("token", "rotate", "ci");

    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEqualTo("The context on this machine now has the new token.\n");
    assertThat(Files.readString(credentials())).contains(newSecret()).doesNotContain(token());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
  }

  @Test
  default void a_jwt_of_the_old_secret_is_not_used_after_a_rotation() {
    logInAsSelf();
    rotationAnswers(SELF);
    assertThat(run("token", "rotate", "self", "--grace=0").code()).isZero();
    server().resetRequests();
    String newer = FakeJwt.livingFor(300, "newer");
    exchangeAnswers(newer);

    CommandResult first = run("auth", "token");
    CommandResult second = run("auth", "token");

    assertThat(first.out()).isEqualTo(newer + "\n");
    assertThat(second.out()).isEqualTo(newer + "\n");
    assertThat(exchanges()).isEqualTo(1);
    sent(postRequestedFor(urlEqualTo(EXCHANGE)).withRequestBody(containing(newSecret())));
  }

  @Test
  default void every_context_with_the_rotated_token_gets_the_new_secret() throws IOException {
    String another = Contracts.tokenVectors().path("tokens").path(1).path("text").asText();
    logInAsSelf();
    assertThat(run("login", url(), "--token=" + token(), "--context=same").code()).isZero();
    exchangeAnswers(FakeJwt.livingFor(300, "another"));
    assertThat(run("login", url(), "--token=" + another, "--context=another").code()).isZero();
    rotationAnswers(SELF);

    assertThat(run("token", "rotate", "self", "--context=default").code()).isZero();

    assertThat(Files.readString(credentials()))
        .doesNotContain(token())
        .containsOnlyOnce(another)
        .satisfies(file -> assertThat(file.split(newSecret(), -1)).hasSize(3));
  }

  @Test
  default void rotating_with_an_expired_jwt_renews_it_first_without_a_deadlock()
      throws IOException {
    logInAsSelf();
    letTheJwtGetOld();
    rotationAnswers(SELF);
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"pat_id\":\"" + SELF + "\"}"));

    CommandResult ran = run("token", "rotate", "self", "-q");

    assertThat(ran.out()).isEqualTo(newSecret() + "\n");
    assertThat(exchanges()).isEqualTo(1);
    assertThat(Files.readString(credentials())).contains(newSecret());
  }

  @Test
  default void a_rotation_into_the_file_of_the_environment_warns_about_nothing()
      throws IOException {
    Path file = home().resolve("token");
    Files.writeString(file, token());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN_FILE", file.toString());
    rotationAnswers(SELF);
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"pat_id\":\"" + SELF + "\"}"));

    CommandResult ran = run("token", "rotate", "self", "--token-file=~/token");

    assertThat(ran.err()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(newSecret() + "\n");
  }

  @Test
  default void a_rotation_warns_that_the_environment_has_the_old_token() {
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());
    rotationAnswers(SELF);
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"pat_id\":\"" + SELF + "\"}"));

    CommandResult ran = run("token", "rotate", "self");

    assertThat(ran.err()).contains("The environment still has the old token");
    assertThat(ran.out()).contains(newSecret());
    assertThat(ran.code()).isZero();
  }

  @Test
  default void a_context_deleted_during_a_rotation_does_not_lose_the_new_secret() {
    logInAsSelf();
    rotationAnswers(SELF);
    server()
        .addMockServiceRequestListener(
            (request, response) -> {
              if (request.getUrl().endsWith("/rotate")) {
                credentials().toFile().delete();
              }
            });

    CommandResult ran = run("token", "rotate", "ci", "-q");

    assertThat(ran.out()).isEqualTo(newSecret() + "\n");
    assertThat(ran.err()).contains("Log in with the new token before 2026-11-05 10:00:00");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void rotate_writes_the_secret_to_an_owner_only_file_and_prints_it_nowhere()
      throws IOException {
    rotationAnswers("pat_other");
    Path file = Files.writeString(home().resolve("token"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    CommandResult ran = run("token", "rotate", "ci", "--token-file=~/token");

    assertThat(ran.out())
        .isEqualTo("Token written to ~/token\nOld secret valid until (UTC): 2026-11-05 10:00:00\n");
    assertThat(file).hasContent(newSecret());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("token", "rotate", "ci", "--token-file=~/token", "-t", "json").out())
        .contains("\"token_file\": \"~/token\"")
        .doesNotContain(newSecret());
    assertThat(run("token", "rotate", "ci", "--token-file=~/token", "-q").out()).isEmpty();
    try (var left = Files.list(home())) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("token", ".config");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"~/nowhere/token", "~/.config"})
  default void nothing_is_rotated_when_the_file_cannot_be_written(String file) {
    CommandResult ran = run("token", "rotate", "ci", "--token-file=" + file);

    assertThat(ran.err()).startsWith("Error: Cannot write the token file " + file);
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void a_failed_rotation_leaves_the_file_unchanged() throws IOException {
    everythingAnswers(problem(409, "Rotate with the newer one."));
    Path file = Files.writeString(home().resolve("token"), "old");

    CommandResult ran = run("token", "rotate", "ci", "--token-file=~/token");

    assertThat(ran.err()).startsWith("Error: Rotate with the newer one.");
    assertThat(ran.code()).isEqualTo(6);
    assertThat(file).hasContent("old");
    try (var left = Files.list(home())) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  default void a_lost_response_explains_how_to_rotate_again_and_is_not_retried() {
    everythingAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    CommandResult ran = run("token", "rotate", "ci", "-u", "bob");

    assertThat(ran.err())
        .contains("run the command again: osmo token rotate ci --user bob")
        .contains("never used is replaced");
    assertThat(ran.code()).isEqualTo(10);
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/ci/rotate")));
  }

  @Test
  default void a_response_without_a_token_is_an_error() throws IOException {
    logInAsSelf();
    everythingAnswers(okJson("{\"token\":\"nonsense\",\"id\":\"" + SELF + "\"}"));

    CommandResult ran = run("token", "rotate", "ci");

    assertThat(ran.code()).isEqualTo(10);
    assertThat(Files.readString(credentials())).contains(token());
  }

  @ParameterizedTest
  @CsvSource({"delete, deleted", "suspend, suspended", "revoke, revoked"})
  default void a_script_is_warned_when_it_disables_the_token_in_use(String verb, String done) {
    logInAsTheToken("my-token");
    everythingAnswers(okJson("{}"));

    assertThat(run("token", verb, "self"))
        .isEqualTo(
            new CommandResult(
                0,
                "Access token my-token " + done + "\n",
                "Warning: context default in %s still has the %s token. Log in again: osmo login %s\n"
                    .formatted(credentials(), done, url())));
    variable("OSMO_TOKEN", token());
    variable("OSMO_URL", url());
    exchangeAnswersAsTheToken("my-token");
    assertThat(run("token", verb, "pat_1").err())
        .isEqualTo("Warning: OSMO_TOKEN still has the " + done + " token. Replace it.\n");
  }

  @Test
  default void a_token_file_in_a_missing_directory_is_explained() {
    Path file = home().resolve("nope/x");

    assertThat(run("token", "rotate", "ci", "--token-file=" + file).err())
        .isEqualTo(
            "Error: Cannot write the token file "
                + file
                + " (the directory does not exist). Check the directory, its permissions and the"
                + " free disk space.\n");
    nothingWasSent();
  }

  @Test
  default void revoke_does_not_ask_a_script() {
    everythingAnswers(okJson("null"));

    assertThat(run("token", "revoke", "ci"))
        .isEqualTo(new CommandResult(0, "Access token ci revoked\n", ""));
    assertThat(run("token", "revoke", "pat_x", "-u", "bob", "--yes").out())
        .isEqualTo("Access token pat_x revoked for user bob\n");
    sent(postRequestedFor(urlEqualTo("/api/auth/access_token/ci/revoke")));
    sent(postRequestedFor(urlEqualTo("/api/auth/user/bob/access_token/pat_x/revoke")));
  }

  @Test
  default void tokens_created_with_a_deleted_token_are_counted() {
    everythingAnswers(okJson("null").withHeader("X-Osmo-Derived-Tokens", "3"));

    assertThat(run("token", "delete", "ci"))
        .isEqualTo(
            new CommandResult(
                0, "Access token ci deleted\n", "Tokens created with it that remain valid: 3.\n"));
    assertThat(run("token", "revoke", "ci", "-t", "json").out())
        .isEqualTo(
            "{\n  \"token_name\": \"ci\",\n  \"revoked\": true,\n  \"derived_tokens\": 3\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ci --leaked=-", "--leaked=- --user bob"})
  default void revoke_needs_a_token_or_a_file(String words) {
    String[] args = ("token revoke " + words).strip().split(" ");

    assertThat(run(args).code()).isEqualTo(2);
    nothingWasSent();
  }
}
