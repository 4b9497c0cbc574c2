package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which context is used: option, environment, file. */
interface ContextCommandContract extends CommandContract {
  String LIST = "/api/auth/access_token";

  @Test
  default void a_token_in_the_environment_needs_no_login_and_leaves_no_file() {
    String jwt = livesInTheEnvironment();

    CommandResult ran = run("token", "list", "-t", "json");

    assertThat(ran).isEqualTo(new CommandResult(0, "[]\n", ""));
    sent(getRequestedFor(urlEqualTo(LIST)).withHeader("Authorization", equalTo("Bearer " + jwt)));
    assertThat(config()).doesNotExist();
  }

  @Test
  default void the_environment_may_name_a_token_file() throws IOException {
    livesInTheEnvironment();
    variable("OSMO_TOKEN", "");
    variable("OSMO_TOKEN_FILE", "~/token");
    writePrivately(home().resolve("token"), token() + "\n");

    assertThat(run("token", "list").code()).isZero();
  }

  @Test
  default void a_token_file_that_others_can_read_is_a_warning_and_an_error_if_strict()
      throws IOException {
    livesInTheEnvironment();
    variable("OSMO_TOKEN", "");
    variable("OSMO_TOKEN_FILE", "~/token");
    Files.writeString(home().resolve("token"), token());
    Files.setPosixFilePermissions(
        home().resolve("token"), PosixFilePermissions.fromString("rw-r-----"));

    CommandResult lenient = run("token", "list");
    variable("OSMO_STRICT", "1");
    CommandResult strict = run("token", "list");

    assertThat(lenient.err()).startsWith("Warning: Other users").contains("chmod 600 ~/token");
    assertThat(lenient.code()).isZero();
    assertThat(strict.err()).startsWith("Error: Other users");
    assertThat(strict.code()).isEqualTo(2);
  }

  @Test
  default void login_refuses_a_token_file_that_others_can_read_if_strict() throws IOException {
    Files.writeString(home().resolve("token"), token());
    Files.setPosixFilePermissions(
        home().resolve("token"), PosixFilePermissions.fromString("rw----r--"));

    CommandResult ran = run("login", url(), "--token-file=~/token", "--strict");

    assertThat(ran.err()).startsWith("Error: Other users");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void two_tokens_in_the_environment_are_an_error() {
    livesInTheEnvironment();
    variable("OSMO_TOKEN_FILE", "~/token");

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("both set").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_token_without_an_address_is_not_sent_anywhere() {
    logIn();
    variable("OSMO_TOKEN", token());

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("OSMO_URL");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  @Test
  default void the_token_of_the_environment_is_not_sent_unencrypted() {
    livesInTheEnvironment();
    variable("OSMO_URL", "http://osmo.example.com");

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("unencrypted").contains("OSMO_ALLOW_HTTP");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_saved_token_is_not_sent_to_the_environments_other_server() {
    logIn();
    variable("OSMO_URL", "https://elsewhere.example.com");

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("another server");
    assertThat(ran.code()).isEqualTo(4);
    nothingWasSent();
  }

  @Test
  default void option_environment_and_file_have_this_precedence() {
    String saved = logIn();
    String given = livesInTheEnvironment();

    run("token", "list");
    run("token", "list", "--context", "default");

    sentWith(given);
    sentWith(saved);
  }

  @Test
  default void the_context_option_wins_over_the_environment() {
    String one = logInAs("one");
    String two = logInAs("two");
    variable("OSMO_CONTEXT", "one");
    everythingAnswers(okJson("[]"));

    run("token", "list");
    sentWith(one);
    run("--context", "two", "token", "list");
    sentWith(two);
  }

  @Test
  default void the_last_login_is_current_until_another_is_used() {
    String one = logInAs("one");
    String two = logInAs("two");
    everythingAnswers(okJson("[]"));

    run("token", "list");
    sentWith(two);
    CommandResult used = run("context", "use", "one");
    run("token", "list");
    sentWith(one);

    assertThat(used).isEqualTo(new CommandResult(0, "Using context one\n", ""));
  }

  @Test
  default void a_missing_context_is_not_created_to_be_deleted() {
    assertThat(run("context", "delete", "nope"))
        .isEqualTo(
            new CommandResult(
                5, "", "Error: There is no context named nope. See: osmo context list\n"));
  }

  @Test
  default void a_server_in_the_environment_without_a_token_names_its_variables() {
    variable("OSMO_URL", url());

    assertThat(run("token", "list"))
        .isEqualTo(
            new CommandResult(
                4,
                "",
                "Error: You are not logged in. OSMO_URL is set: also set OSMO_TOKEN or"
                    + " OSMO_TOKEN_FILE, or log in: osmo login "
                    + url()
                    + "\n"));
  }

  @Test
  default void a_login_without_a_name_does_not_take_over_the_context_of_somebody_else() {
    logInAs("admin", "admin@example.com");

    CommandResult ran = logInAs("", "user@example.com");

    assertThat(ran.err())
        .isEqualTo("The current context is now default. To return: osmo context use admin\n");
    assertThat(run("context", "list", "-q").out()).isEqualTo("admin\ndefault\n");
    assertThat(run("context", "show").out())
        .contains("Name: default\n", "User: user@example.com\n");
    assertThat(run("context", "show", "admin").out()).contains("User: admin@example.com\n");
  }

  @Test
  default void a_login_without_a_name_renews_the_current_context_of_the_same_user() {
    logInAs("work", "user@example.com");

    assertThat(logInAs("", "user@example.com").err()).isEmpty();

    assertThat(run("context", "list", "-q").out()).isEqualTo("work\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "default"})
  default void a_context_that_changes_its_user_is_reported(String named) {
    logInAs("default", "admin@example.com");

    CommandResult ran = logInAs(named, "user@example.com");

    assertThat(ran.err())
        .isEqualTo(
            "Context default now belongs to user@example.com at %s (was admin@example.com at %s)\n"
                .formatted(url(), url()));
    assertThat(run("context", "list", "-q").out()).isEqualTo("default\n");
  }

  /** Logs in with a token in a file, without a name if it is empty. */
  private CommandResult logInAs(String context, String user) {
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"name\":\"" + user + "\"}"));
    CommandResult ran =
        context.isEmpty()
            ? runTyping(token(), "login", url(), "--token-file=-")
            : runTyping(token(), "login", url(), "--token-file=-", "--context", context);
    assertThat(ran.code()).isZero();
    return ran;
  }

  @Test
  default void contexts_are_listed_without_their_secrets() {
    logInAs("one");
    logInAs("two");

    CommandResult ran = run("context", "list");

    assertThat(ran.out()).isEqualTo(Contracts.golden("context-list", "url", url()));
    assertThat(ran.out()).doesNotContain(token());
    assertThat(ran.code()).isZero();
  }

  @Test
  default void a_wide_list_shows_the_storage_of_the_token_and_the_expiry_of_the_jwt() {
    logInAs("one");

    CommandResult ran = run("context", "list", "--wide");

    assertThat(ran.out())
        .contains("| Token stored by | JWT expires at (UTC)")
        .containsPattern("\\| file +\\| 20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}Z +\\|")
        .doesNotContain(token());
    assertThat(ran.code()).isZero();
  }

  @Test
  default void contexts_as_json_are_an_array() throws IOException {
    assertThat(run("context", "list", "-t", "json").out()).isEqualTo("[]\n");
    logInAs("one");

    JsonNode first = json(run("context", "list", "-t", "json").out()).path(0);

    assertThat(first.path("name").asText()).isEqualTo("one");
    assertThat(first.path("server").asText()).isEqualTo(url());
    assertThat(first.path("user").asText()).isEqualTo("user@example.com");
    assertThat(first.path("current").asBoolean()).isTrue();
    assertThat(first).hasSize(4);
  }

  @Test
  default void one_context_is_shown() {
    logInAs("one");

    assertThat(run("context", "show").out())
        .isEqualTo(Contracts.golden("context-show", "url", url()));
    assertThat(run("context", "show", "two").code()).isEqualTo(5);
  }

  @Test
  default void deleting_the_last_context_deletes_the_file() throws IOException {
    logInAs("one");
    logInAs("two");

    CommandResult deleted = run("context", "delete", "two");
    CommandResult withoutChoice = run("token", "list");

    assertThat(deleted).isEqualTo(new CommandResult(0, "Context two deleted\n", ""));
    assertThat(withoutChoice.err()).contains("osmo context use");
    assertThat(withoutChoice.code()).isEqualTo(4);
    assertThat(Files.readString(credentials())).contains("\"one\"").doesNotContain("\"two\"");
    run("context", "delete", "one");
    assertThat(credentials()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"use", "delete"})
  default void an_unknown_context_is_not_found(String verb) {
    logInAs("one");

    CommandResult ran = run("context", verb, "two");

    assertThat(ran.err()).contains("There is no context named two");
    assertThat(ran.code()).isEqualTo(5);
  }

  @Test
  default void a_missing_context_says_how_to_create_it() {
    logInAs("one");

    CommandResult ran = run("token", "list", "--context=two");

    assertThat(ran.err()).contains("two").contains("osmo login");
    assertThat(ran.code()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a b", "-x", "a/b"})
  default void an_invalid_name_is_refused(String name) {
    CommandResult ran = run("context", "use", "--", name);

    assertThat(ran.err()).contains("is not a valid context name");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void logout_deletes_the_context_in_use_and_all_deletes_every_context() {
    logInAs("one");
    logInAs("two");
    logInAs("three");

    run("logout", "--context", "one");
    assertThat(run("context", "list").out()).doesNotContain("one").contains("two", "three");
    run("logout");
    assertThat(run("context", "list").out()).doesNotContain("three").contains("two");
    run("logout", "--all");
    assertThat(credentials()).doesNotExist();
  }

  @Test
  @Tag("I12")
  default void version_1_of_the_file_is_read_and_migrated() throws IOException {
    String jwt = logIn();
    JsonNode login = json(Files.readString(credentials())).path("contexts").path("default");
    Files.writeString(credentials(), "{\"version\": 1, " + login.toString().substring(1));
    everythingAnswers(okJson("[]"));

    assertThat(run("token", "list").code()).isZero();
    sentWith(jwt);
    logInAs("two");

    JsonNode migrated = json(Files.readString(credentials()));
    assertThat(migrated.path("version").asInt()).isEqualTo(2);
    assertThat(migrated.path("contexts").path("default")).isEqualTo(login);
  }

  @Test
  default void the_file_of_a_newer_version_is_not_changed() throws IOException {
    logIn();
    Files.writeString(credentials(), "{\"version\": 4}");

    CommandResult ran = run("login", url(), "--token-file=-");
    CommandResult login = runTyping(token(), "login", url(), "--token-file=-");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(login.err()).contains("newer osmo");
    assertThat(login.code()).isEqualTo(2);
    assertThat(Files.readString(credentials())).isEqualTo("{\"version\": 4}");
  }

  private String livesInTheEnvironment() {
    String jwt = FakeJwt.livingFor(300, "environment");
    everythingAnswers(okJson("[]"));
    exchangeAnswers(jwt);
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());
    return jwt;
  }

  private String logInAs(String context) {
    String jwt = FakeJwt.livingFor(300, context);
    exchangeAnswers(jwt);
    CommandResult ran =
        runTyping(token(), "login", url(), "--token-file=-", "--context=" + context);
    assertThat(ran.code()).isZero();
    server().resetRequests();
    return jwt;
  }

  private void sentWith(String jwt) {
    sent(getRequestedFor(urlEqualTo(LIST)).withHeader("Authorization", equalTo("Bearer " + jwt)));
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
