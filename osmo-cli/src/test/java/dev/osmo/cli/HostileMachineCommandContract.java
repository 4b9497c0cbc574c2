package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual arguments, environments and file systems. */
interface HostileMachineCommandContract extends CommandContract {
  @Test
  default void an_argument_that_begins_with_an_at_sign_is_not_replaced_by_a_file()
      throws IOException {
    logIn();
    everythingAnswers(okJson("{}"));
    Path file = Files.writeString(home().resolve("body"), "{\"a\": \"b c\"}\n");

    run("api", "POST", "/api/x", "-d", "@" + file);
    run("user", "get", "@" + file);

    sent(postRequestedFor(urlEqualTo("/api/x")).withRequestBody(equalTo("{\"a\": \"b c\"}\n")));
    sent(getRequestedFor(urlEqualTo("/api/auth/user/@" + file.toString().replace("/", "%2F"))));
  }

  @Test
  default void a_file_cannot_add_options() throws IOException {
    Path file = Files.writeString(home().resolve("options"), "--help");

    assertThat(run("version", "@" + file).code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"HOME, home", "OSMO_CONFIG_FILE_DIR, config", "XDG_CONFIG_HOME, config", "HOME, ?"})
  default void a_relative_directory_for_credentials_is_refused(String name, String value) {
    exchangeAnswers(FakeJwt.livingFor(300, "first"));
    variable(name, value);

    CommandResult ran = run("login", url(), "--token=" + token());

    assertThat(ran.err()).contains("Error: " + name + " is " + value + ", not an absolute path");
    assertThat(ran.err()).doesNotContain("or set " + name);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(Path.of(value)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"OSMO_CONFIG_FILE_DIR, elsewhere", "XDG_CONFIG_HOME, elsewhere/osmo"})
  default void a_tilde_in_a_directory_variable_is_the_home_directory(String name, String folder) {
    variable(name, "~/elsewhere");

    logIn();

    assertThat(home().resolve(folder).resolve("credentials.json")).exists();
    assertThat(Path.of("~")).doesNotExist();
  }

  @Test
  default void a_tilde_in_the_path_of_the_certificates_is_the_home_directory() throws IOException {
    logIn();
    Files.writeString(home().resolve("ca.pem"), "none");
    variable("OSMO_CA_FILE", "~/ca.pem");

    assertThat(run("version").err() + run("token", "list").err())
        .contains(
            "OSMO_CA_FILE is " + home().resolve("ca.pem") + ", but it contains no certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OSMO_TOKEN", "OSMO_TOKEN_FILE"})
  default void a_login_that_a_token_in_the_environment_overrides_warns_once(String variable) {
    logIn();
    variable(variable, token());

    CommandResult login = runTyping(token(), "login", url(), "--token-file=-");
    CommandResult use = run("context", "use", "default");

    assertThat(login.out()).contains("Successfully logged in.");
    assertThat(login.err())
        .isEqualTo(
            "Warning: "
                + variable
                + " is set, so commands do not use the context default. Unset it, or add"
                + " --context=default.\n");
    assertThat(use.err()).isEqualTo(login.err());
    assertThat(login.code() + use.code()).isZero();
  }

  @Test
  default void a_selection_that_the_environment_overrides_warns_once() {
    logIn();
    runTyping(token(), "login", url(), "--token-file=-", "--context=ci");
    variable("OSMO_CONTEXT", "ci");

    CommandResult other = run("context", "use", "default");
    CommandResult same = run("context", "use", "ci");

    assertThat(other.err()).startsWith("Warning: OSMO_CONTEXT is set, so commands do not use the");
    assertThat(other.err().lines()).hasSize(1);
    assertThat(same.err()).isEmpty();
    assertThat(runTyping(token(), "login", url(), "--token-file=-").err()).isEmpty();
    assertThat(runTyping(token(), "login", url(), "--token-file=-", "--context=default").err())
        .startsWith("Warning: OSMO_CONTEXT is set");
  }

  /** A directory that looks like a temporary file cannot be deleted, by any user. */
  @Test
  default void a_jwt_that_cannot_be_saved_is_used_with_one_warning() throws IOException {
    logIn();
    letTheJwtGetOld();
    String before = Files.readString(credentials());
    Files.createDirectories(config().resolve(".credentials.json-1.tmp/full"));
    server().stubFor(get(urlPathEqualTo("/api/auth/access_token")).willReturn(okJson("[]")));

    CommandResult ran = run("token", "list", "-q");

    assertThat(ran.err())
        .startsWith("Warning: Cannot write " + credentials())
        .endsWith("each command exchanges the token for a new JWT.\n")
        .hasLineCount(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials())).isEqualTo(before);
  }

  @Test
  default void white_space_around_variables_is_ignored() throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "first"));
    server().stubFor(get(urlPathEqualTo("/api/auth/access_token")).willReturn(okJson("[]")));
    Path file = Files.writeString(home().resolve("token"), token());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    variable("OSMO_URL", " " + url() + "\r\n");
    variable("OSMO_TOKEN_FILE", file + "\n");
    variable("OSMO_CONTEXT", " ");

    assertThat(run("token", "list", "-q")).isEqualTo(new CommandResult(0, "", ""));
  }

  /** The volume of a Secret has symbolic links to a directory that Kubernetes replaces. */
  @Test
  default void a_token_file_of_a_kubernetes_secret_may_be_readable_by_its_group()
      throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "first"));
    Path data = Files.createDirectory(home().resolve("..2026_01_01"));
    Path file = Files.writeString(data.resolve("token"), token());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    Files.createSymbolicLink(home().resolve("..data"), data.getFileName());
    Files.createSymbolicLink(home().resolve("token"), Path.of("..data/token"));

    CommandResult ran = run("login", url(), "--token-file=~/token", "--strict");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    CommandResult readableByAll = run("login", url(), "--token-file=~/token", "--strict");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(readableByAll.err()).startsWith("Error: Other users");
  }

  @Test
  default void after_a_refusal_the_saved_jwt_is_no_answer() {
    logIn();
    everythingAnswers(problem(401, "The token is not valid"));
    assertThat(run("token", "list").code()).isEqualTo(4);

    assertThat(run("auth", "whoami").code()).isEqualTo(4);
    assertThat(run("auth", "token").code()).isEqualTo(4);
  }

  @Test
  default void a_context_may_have_the_name_of_a_command() {
    logIn();
    runTyping(token(), "login", url(), "--token-file=-", "--context", "admin");

    assertThat(run("--context", "admin", "context", "show").out()).startsWith("Name: admin\n");
    assertThat(run("context", "show", "--context", "admin").out()).startsWith("Name: admin\n");
  }

  @ParameterizedTest
  @CsvSource({
    "help, Usage: osmo ",
    "help token set, Usage: osmo token set",
    "token, Usage: osmo token",
    "admin role, Usage: osmo admin role"
  })
  default void help_is_printed_with_exit_code_0(String typed, String start) {
    CommandResult ran = run(typed.split(" "));

    assertThat(ran.out()).startsWith(start);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  default void the_version_is_also_an_option() {
    CommandResult ran = run("--version");

    assertThat(ran.out()).isEqualTo(run("version").out());
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "token get x, osmo token show",
    "token create x, osmo token set",
    "token rm x, osmo token delete",
    "token ls, osmo token list",
    "user show x, osmo user get",
    "user rm x, osmo user delete",
    "auth login, osmo login",
    "auth logout, osmo logout",
    "whoami, osmo auth whoami",
    "ls, osmo token list",
    "rm ci, osmo token delete",
    "create ci, osmo token set"
  })
  default void a_verb_of_other_programs_suggests_the_command(String typed, String command) {
    CommandResult ran = run(typed.split(" "));

    assertThat(ran.err()).contains("Did you mean " + command + "?");
    assertThat(ran.code()).isEqualTo(2);
  }
}
