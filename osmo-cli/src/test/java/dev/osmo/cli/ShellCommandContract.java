package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shell completion and doctor. */
interface ShellCommandContract extends CommandContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "con | context",
        "token de | delete",
        "auth token --format e | env,exec-credential",
        "auth token --for | --format",
        "token list -t j | json",
        "completion z | zsh",
        "token nonsense de | delete",
        "auth token --format = e | env,exec-credential",
        "auth token --format = | docker,env,exec-credential,header,json,raw",
        "auth token --format=e | --format=env,--format=exec-credential",
      })
  default void commands_are_completed(String line, String expected) {
    CommandResult ran = run(("__complete -- " + line).split(" ", -1));

    assertThat(ran.out()).isEqualTo(expected.replace(",", "\n") + "\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void hidden_commands_are_not_completed() {
    assertThat(run("__complete", "--", "").out()).contains("login\n").doesNotContain("__complete");
    assertThat(run("--help").out()).doesNotContain("__complete");
  }

  @Test
  default void current_names_of_tokens_and_contexts_are_completed() {
    logIn();
    everythingAnswers(okJson("[{\"token_name\":\"ci-token\"},{\"token_name\":\"$(reboot)\"}]"));

    assertThat(run("__complete", "--", "token", "delete", "").out()).isEqualTo("ci-token\n");
    assertThat(run("__complete", "--", "token", "list", "--context", "").out())
        .isEqualTo("default\n");
    assertThat(run("__complete", "--", "context", "use", "d").out()).isEqualTo("default\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user delete | ann@example.com",
        "token list --user | ann@example.com",
        "admin role get | ci-role",
        "token set x --roles | ci-role",
        "user update x --remove-roles | ci-role",
        "workflow submit x --pool | gpu"
      })
  default void current_names_of_users_roles_and_pools_are_completed(String line, String expected) {
    logIn();
    server()
        .stubFor(
            get(urlPathEqualTo("/api/auth/user"))
                .willReturn(okJson("{\"users\":[{\"id\":\"ann@example.com\"}]}")));
    server()
        .stubFor(
            get(urlPathEqualTo("/api/configs/role"))
                .willReturn(okJson("[{\"name\":\"ci-role\"},{\"name\":\"`a`\"}]")));
    server()
        .stubFor(get(urlPathEqualTo("/api/pool")).willReturn(okJson("{\"pools\":{\"gpu\":{}}}")));

    assertThat(run(("__complete -- " + line + " ").split(" ", -1)).out())
        .isEqualTo(expected + "\n");
  }

  /** The server answers only after the test. */
  @Test
  default void completion_gives_up_on_a_slow_server() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer slow = new RawServer(FakeJwt.livingFor(300, "slow"), out -> ended.await())) {
      variable("OSMO_URL", slow.url());
      variable("OSMO_TOKEN", token());

      assertThat(run("__complete", "--", "token", "delete", ""))
          .isEqualTo(new CommandResult(0, "", ""));
      assertThat(slow.answered()).isEqualTo(1);
    } finally {
      ended.countDown();
    }
  }

  @Test
  default void without_a_login_completion_prints_nothing() {
    assertThat(run("__complete", "--", "token", "delete", ""))
        .isEqualTo(new CommandResult(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  default void each_script_calls_osmo(String shell) {
    CommandResult ran = run("completion", shell);

    assertThat(ran.out()).contains("OSMO_TIMEOUT=2 osmo __complete --");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void bash_completes_with_its_script() throws Exception {
    Path bin = Files.createDirectory(home().resolve("bin"));
    Path fake = Files.writeString(bin.resolve("osmo"), "#!/bin/sh\necho \"$*\"\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    Path script = Files.writeString(home().resolve("script"), run("completion", "bash").out());
    Path out = home().resolve("out");
    Process bash =
        new ProcessBuilder(
                "bash",
                "-euc",
                "PATH=$1:$PATH; . $0; COMP_WORDS=(osmo token 'de'); COMP_CWORD=2; _osmo;"
                    + " echo \"${COMPREPLY[0]}\"",
                script.toString(),
                bin.toString())
            .redirectOutput(out.toFile())
            .start();

    assertThat(bash.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(out)).isEqualTo("__complete -- token de\n");
  }

  @Test
  default void doctor_succeeds() {
    logIn();
    everythingAnswers(
        okJson(
            "{\"major\":\"1\",\"minor\":\"2\",\"revision\":\"3\",\"roles\":[\"a\"],"
                + "\"profile\":{\"username\":\"me\"}}"));
    exchangeAnswers(FakeJwt.livingFor(300, "again"));

    CommandResult ran = run("doctor");

    assertThat(ran.out())
        .isEqualTo(
            Contracts.golden(
                "doctor", "url", url(), "source", "context default in " + credentials()));
    assertThat(ran.code()).isZero();
  }

  @Test
  default void doctor_skips_the_checks_after_a_failure() {
    CommandResult loggedOut = run("doctor");
    logIn();
    server().stop();
    CommandResult unreachable = run("doctor");

    assertThat(loggedOut.out())
        .startsWith("FAIL  Login: You are not logged in\n      Log in first")
        .contains("skip  Server\n");
    assertThat(loggedOut.code()).isEqualTo(4);
    assertThat(unreachable.out()).contains("ok    Login: ").contains("FAIL  Server: Cannot reach");
    assertThat(unreachable.code()).isEqualTo(10);
  }
}
