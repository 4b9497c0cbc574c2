package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code osmo run} as a process with a child, native if this build created a binary. */
class RunIT {
  private final String token = Contracts.token();
  private final String jwt = FakeJwt.livingFor(300, "run");
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));

  @TempDir Path home;

  @BeforeEach
  void start() {
    server.start();
    exchangeAnswers(jwt);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void the_child_gets_a_jwt_and_the_streams_and_its_exit_code_is_used() throws Exception {
    Started started =
        osmo("run", "--", "sh", "-c", "echo \"$OSMO_JWT $OSMO_URL\"; echo talk >&2; exit 42");

    CommandResult ran = started.finish();
    assertThat(ran.out()).isEqualTo(jwt + " http://localhost:" + server.port() + "\n");
    assertThat(ran.err()).isEqualTo("talk\n");
    assertThat(ran.code()).isEqualTo(42);
  }

  @Test
  @Tag("I1")
  void the_child_does_not_get_the_token() throws Exception {
    CommandResult ran = osmo("run", "--", "env").finish();

    assertThat(ran.out()).contains("OSMO_JWT=").doesNotContain(token);
    assertThat(ran.code()).isZero();
  }

  @Test
  @Tag("I1")
  void the_child_does_not_get_the_identity_of_a_workload() throws Exception {
    String workload = FakeJwt.livingFor(300, "workload");
    server.stubFor(
        post(urlPathEqualTo("/oauth2/token"))
            .willReturn(okJson("{\"access_token\":\"" + jwt + "\",\"expires_in\":300}")));

    CommandResult ran =
        start(
                "env",
                "-u",
                "OSMO_TOKEN",
                "OSMO_WORKLOAD_PAT=user@example.com/ci",
                "OSMO_WORKLOAD_TOKEN=" + workload,
                script().toString(),
                "run",
                "--",
                "env")
            .finish();

    assertThat(ran.out())
        .contains("OSMO_JWT=" + jwt)
        .doesNotContain(workload)
        .doesNotContain("OSMO_WORKLOAD");
    assertThat(ran.code()).isZero();
  }

  @Test
  @Tag("I6")
  void the_child_can_get_a_downscoped_jwt_and_then_no_context() throws Exception {
    String narrow = FakeJwt.livingFor(300, "narrow");
    server.stubFor(
        post(urlPathEqualTo("/oauth2/token"))
            .willReturn(okJson("{\"access_token\":\"" + narrow + "\",\"expires_in\":300}")));

    CommandResult ran =
        osmo(
                "run",
                "--audience=registry",
                "--roles=a",
                "--",
                "sh",
                "-c",
                "echo $OSMO_JWT $OSMO_CONTEXT")
            .finish();

    assertThat(ran.out()).isEqualTo(narrow + " -\n");
  }

  @Test
  void the_jwt_can_be_in_an_owner_only_file_that_is_deleted_afterwards() throws Exception {
    CommandResult ran =
        osmo(
                "run",
                "--file",
                "--",
                "sh",
                "-c",
                "cat $OSMO_JWT_FILE; echo; echo ${OSMO_JWT-none}; stat -c %a $OSMO_JWT_FILE;"
                    + " echo $OSMO_JWT_FILE")
            .finish();

    String[] lines = ran.out().split("\n", -1);
    assertThat(lines[0]).isEqualTo(jwt);
    assertThat(lines[1]).isEqualTo("none");
    assertThat(lines[2]).isEqualTo("600");
    assertThat(Path.of(lines[3])).doesNotExist();
    assertThat(Path.of(lines[3]).getParent()).doesNotExist();
  }

  @Test
  void java_options_are_passed_to_the_command() throws Exception {
    CommandResult ran =
        osmo("run", "--", "printf", "%s\\n", "-Dx=y", "-Xmx1m", "-XX:+UseFoo", "-agentlib:a")
            .finish();

    assertThat(ran.out()).isEqualTo("-Dx=y\n-Xmx1m\n-XX:+UseFoo\n-agentlib:a\n");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void a_child_ended_by_a_signal_has_the_exit_code_that_shells_use() throws Exception {
    assertThat(osmo("run", "--", "sh", "-c", "kill -KILL $$").finish().code()).isEqualTo(128 + 9);
  }

  @Test
  @Tag("I1")
  void a_child_killed_by_a_forwarded_signal_leaves_no_jwt_file() throws Exception {
    Path ready = home.resolve("ready");
    Started started =
        osmo(
            "run",
            "--file",
            "--",
            "sh",
            "-c",
            "echo $OSMO_JWT_FILE; touch $0; exec sleep 100",
            ready.toString());
    await().atMost(Duration.ofMinutes(10)).until(() -> Files.exists(ready));

    signal("TERM", started.process());

    CommandResult ran = started.finish();
    assertThat(ran.code()).isEqualTo(128 + 15);
    assertThat(Path.of(ran.out().strip()).getParent()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT", "HUP"})
  void a_signal_reaches_the_child_and_its_exit_code_is_used(String signal) throws Exception {
    IgnoredSignals.skipTestsOf(signal);
    Path ready = home.resolve("ready");
    Started started =
        osmo(
            "run",
            "--file",
            "--",
            "sh",
            "-c",
            "trap 'echo got "
                + signal
                + "; rm -f $0; exit 7' "
                + signal
                + "; touch $0; while :; do sleep 0.1; done",
            ready.toString());
    await().atMost(Duration.ofMinutes(10)).until(() -> Files.exists(ready));

    signal(signal, started.process());

    CommandResult ran = started.finish();
    assertThat(ran.out()).isEqualTo("got " + signal + "\n");
    assertThat(ran.code()).isEqualTo(7);
  }

  /** The current context has another token than the environment. */
  @Test
  @Tag("I1")
  void a_nested_osmo_uses_the_same_context_or_none() throws Exception {
    String inside = "exec \"$0\" auth token";
    String ci = logIn("ci");
    logIn("me");

    CommandResult saved =
        osmo("run", "--context=ci", "--", "sh", "-c", inside, script().toString()).finish();
    CommandResult given = osmo("run", "--", "sh", "-c", inside, script().toString()).finish();

    assertThat(saved.out()).isEqualTo(ci + "\n");
    assertThat(given.out()).isEmpty();
    assertThat(given.err())
        .startsWith("Error: osmo run passed a JWT to this command, but no context");
    assertThat(given.code()).isEqualTo(4);
  }

  /** Like a full disk. */
  @Test
  void a_renewal_that_cannot_be_written_does_not_affect_the_command() throws Exception {
    exchangeAnswers(FakeJwt.livingFor(8, "short"));

    CommandResult ran =
        osmo("run", "--file", "--", "sh", "-c", "rm -r ${OSMO_JWT_FILE%/*}; sleep 8; exit 42")
            .finish();

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(42);
  }

  @Test
  void a_missing_command_is_named() throws Exception {
    CommandResult ran = osmo("run", "--", "./no-such-command").finish();

    assertThat(ran.err()).startsWith("Error: Cannot run ./no-such-command.");
    assertThat(ran.code()).isEqualTo(127);
  }

  @Test
  void a_command_that_cannot_be_started_is_named() throws Exception {
    Path text = Files.writeString(home.resolve("text"), "not a program");

    CommandResult ran = osmo("run", "--", text.toString()).finish();

    assertThat(ran.err()).startsWith("Error: Cannot run " + text + ".");
    assertThat(ran.code()).isEqualTo(126);
  }

  @Test
  void every_signal_is_forwarded() throws Exception {
    for (String signal : forwardedSignals()) {
      IgnoredSignals.skipTestsOf(signal);
    }
    List<String> sent = new ArrayList<>(List.of("HUP", "TERM", "TERM", "INT"));
    sent.addAll(forwardedSignals());
    Started started =
        osmo(
            "run",
            "--",
            "sh",
            "-c",
            "for s in HUP INT TERM QUIT USR1 USR2; do trap \"echo got $s\" $s; done; echo ready;"
                + " while [ ! -e $0 ]; do sleep 0.1; done; exit 7",
            home.resolve("end").toString());
    List<String> expected = new ArrayList<>(List.of("ready"));
    for (String signal : sent) {
      await()
          .atMost(Duration.ofMinutes(10))
          .untilAsserted(() -> assertThat(Files.readAllLines(started.out())).isEqualTo(expected));
      signal(signal, started.process());
      expected.add("got " + signal);
    }
    await()
        .atMost(Duration.ofMinutes(10))
        .untilAsserted(() -> assertThat(Files.readAllLines(started.out())).isEqualTo(expected));
    Files.createFile(home.resolve("end"));

    assertThat(started.finish().code()).isEqualTo(7);
  }

  /** As after {@code nohup}: the program ignores it too. */
  @Test
  void a_signal_that_osmo_ignores_is_not_forwarded() throws Exception {
    String inside = "trap '' HUP USR1; exec \"$0\" run -- sh -c \"$1\" \"$2\"";
    String program = "trap 'echo got TERM' TERM; echo ready; while [ ! -e $0 ]; do sleep 0.1; done";
    Started started =
        start("sh", "-c", inside, script().toString(), program, home.resolve("end").toString());
    await()
        .atMost(Duration.ofMinutes(10))
        .untilAsserted(() -> assertThat(started.out()).hasContent("ready"));

    for (String signal : List.of("HUP", "USR1", "TERM")) {
      signal(signal, started.process());
    }
    await()
        .atMost(Duration.ofMinutes(10))
        .untilAsserted(() -> assertThat(started.out()).hasContent("ready\ngot TERM"));
    Files.createFile(home.resolve("end"));

    assertThat(started.finish().code()).isZero();
  }

  @Test
  void an_argument_that_begins_with_an_at_sign_reaches_the_command() throws Exception {
    Path file = Files.writeString(home.resolve("body"), "a b");

    assertThat(osmo("run", "--", "echo", "-d", "@" + file).finish().out())
        .isEqualTo("-d @" + file + "\n");
  }

  /** A JVM keeps QUIT for itself. */
  List<String> forwardedSignals() {
    return NativeBinary.isThere()
        ? List.of("HUP", "INT", "TERM", "USR1", "USR2", "QUIT")
        : List.of("HUP", "INT", "TERM", "USR1", "USR2");
  }

  /** The script under test. */
  Path script() throws IOException {
    return Path.of("osmo").toAbsolutePath();
  }

  /** Logs in, makes the context the current one, and returns its JWT. */
  private String logIn(String name) throws Exception {
    String own = FakeJwt.livingFor(300, name);
    exchangeAnswers(own);
    String context = "--context=" + name;
    String url = "http://localhost:" + server.port();
    assertThat(osmo("login", url, "--token=" + token, context).finish().code()).isZero();
    return own;
  }

  private void exchangeAnswers(String answer) {
    server.stubFor(
        post(urlPathEqualTo("/api/auth/jwt/access_token"))
            .willReturn(okJson("{\"token\":\"" + answer + "\"}")));
  }

  private static void signal(String name, Process process) throws Exception {
    SystemProgram.run("kill", "-" + name, Long.toString(process.pid()));
  }

  private Started osmo(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(args));
    return start(command.toArray(String[]::new));
  }

  private Started start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    Path file = home.resolve("token");
    Files.writeString(file, token);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("OSMO_CONFIG_FILE_DIR", home.resolve("config").toString());
    builder.environment().put("OSMO_URL", "http://localhost:" + server.port());
    builder.environment().put("OSMO_TOKEN", token);
    return new Started(builder.start(), out, err);
  }

  private record Started(Process process, Path out, Path err) {
    CommandResult finish() throws Exception {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }
}
