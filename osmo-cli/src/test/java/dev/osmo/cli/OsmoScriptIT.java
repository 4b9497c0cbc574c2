package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script and the program that it starts, native if this build created a binary. */
class OsmoScriptIT {
  static final Path SCRIPT = Path.of("osmo").toAbsolutePath();
  private static final String EXCHANGE = "/api/auth/jwt/access_token";

  private final String token = Contracts.token();
  private final WireMockServer server =
      new WireMockServer(
          options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .jettyAcceptors(1)
              .jettyAcceptQueueSize(300)
              .containerThreads(40));

  @TempDir Path home;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void the_script_finds_its_program_through_symbolic_links() throws Exception {
    Path bin = Files.createDirectory(home.resolve("bin"));
    Files.createSymbolicLink(home.resolve("real"), script());
    Path link = Files.createSymbolicLink(bin.resolve("osmo"), Path.of("..", "real"));

    CommandResult ran = run(home, link.toString(), "version");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("OSMO client version:  ");
    assertThat(ran.code()).isZero();
  }

  @Test
  void exit_codes_and_both_streams_reach_the_shell() throws Exception {
    CommandResult ran = osmo("token", "list");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Error: You are not logged in.");
    assertThat(ran.code()).isEqualTo(4);
  }

  @Test
  void an_unbuilt_checkout_says_how_to_build() throws Exception {
    Path checkout = Files.createDirectories(home.resolve("checkout/osmo-cli"));
    Path copy = Files.copy(SCRIPT, checkout.resolve("osmo"));

    CommandResult ran = run(home, copy.toString(), "version");

    assertThat(ran.err()).contains("not built").contains("./mvnw -pl osmo-cli -am verify");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void a_native_binary_replaces_the_script() throws Exception {
    Path copy = copyWithANativeBinary();

    assertThat(run(home, copy.toString(), "a", "b c").out()).isEqualTo("native a b c\n");
  }

  @Test
  void a_native_binary_of_an_earlier_build_is_ignored() throws Exception {
    Path copy = copyWithANativeBinary();
    Path jar = copy.resolveSibling("target/quarkus-app/quarkus-run.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "newer");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run(home, copy.toString(), "a").out()).doesNotContain("native");
  }

  private Path copyWithANativeBinary() throws IOException {
    Path target = Files.createDirectories(home.resolve("checkout/osmo-cli/target"));
    Path binary = target.resolve("osmo-cli-1.0-runner");
    Files.writeString(binary, "#!/bin/sh\necho native \"$@\"\n");
    assertThat(binary.toFile().setExecutable(true)).isTrue();
    return Files.copy(SCRIPT, target.resolveSibling("osmo"));
  }

  @Test
  void output_is_utf_8_whatever_the_locale() throws Exception {
    logIn();
    server.stubFor(
        get(urlPathEqualTo("/api/auth/access_token"))
            .willReturn(okJson("[{\"token_name\":\"a\",\"description\":\"für 東京\"}]")));

    assertThat(osmo("token", "list").out()).contains("| für 東京 ");
  }

  /** The shell creates the letter, because this JVM may use another encoding. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL= LC_CTYPE= LANG="})
  void input_is_utf_8_whatever_the_locale(String locale) throws Exception {
    logIn();
    server.stubFor(post(urlPathEqualTo("/api/auth/access_token/x")).willReturn(okJson("\"t\"")));
    String typed = locale + " \"$0\" token set x -d \"$(printf 'f\\303\\274r')\"";

    assertThat(run(home, "sh", "-c", typed, script().toString()).code()).isZero();

    server.verify(
        postRequestedFor(urlPathEqualTo("/api/auth/access_token/x"))
            .withQueryParam("description", equalTo("für")));
  }

  @Test
  void many_processes_with_an_expired_jwt_cause_one_exchange_and_keep_the_file_intact()
      throws Exception {
    logIn();
    letTheJwtGetOld();
    server.resetAll();
    String renewed = FakeJwt.livingFor(300, "renewed");
    exchangeAnswers(renewed, 300);
    server.stubFor(
        get(urlPathEqualTo("/api/auth/access_token"))
            .withHeader("Authorization", equalTo("Bearer " + renewed))
            .willReturn(okJson("[]")));

    List<Started> processes = new ArrayList<>();
    for (int i = 0; i < processes(); i++) {
      processes.add(start(home, script().toString(), "token", "list", "-t", "json"));
    }
    for (Started process : processes) {
      assertThat(process.finish()).isEqualTo(new CommandResult(0, "[]\n", ""));
    }

    assertThat(server.findAll(postRequestedFor(urlPathEqualTo(EXCHANGE)))).hasSize(1);
    assertThat(
            new ObjectMapper()
                .readTree(credentials().toFile())
                .at("/contexts/default/jwt")
                .asText())
        .isEqualTo(renewed);
  }

  @Test
  void an_interrupted_command_has_its_own_exit_code() throws Exception {
    IgnoredSignals.skipTestsOf("INT");
    logIn();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      edit("http://localhost:\\d+", "http://localhost:" + silent.getLocalPort());
      Started started = start(home, script().toString(), "token", "list");
      try (Socket asking = silent.accept()) {
        run(home, "kill", "-INT", Long.toString(started.process().pid()));

        assertThat(started.finish().code()).isEqualTo(3);
        assertThat(asking.isConnected()).isTrue();
      }
    }
  }

  @Test
  void an_interrupted_rotation_leaves_nothing_beside_the_token_file() throws Exception {
    IgnoredSignals.skipTestsOf("INT");
    logIn();
    Path tokens = Files.createDirectory(home.resolve("tokens"));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      edit("http://localhost:\\d+", "http://localhost:" + silent.getLocalPort());
      Started started =
          start(
              home,
              script().toString(),
              "token",
              "rotate",
              "self",
              "--token-file=" + tokens.resolve("token"));
      try (Socket asking = silent.accept()) {
        assertThat(tokens).isDirectoryContaining("glob:**.tmp");
        run(home, "kill", "-INT", Long.toString(started.process().pid()));

        assertThat(started.finish().code()).isEqualTo(3);
        assertThat(asking.isConnected()).isTrue();
        assertThat(tokens).isEmptyDirectory();
      }
    }
  }

  @Test
  void a_result_that_cannot_be_written_is_an_error() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/full")));
    CommandResult ran = run(home, "sh", "-c", "exec '" + script() + "' version > /dev/full");

    assertThat(ran.err()).contains("could not be written");
    assertThat(ran.code()).isEqualTo(10);
  }

  /** The number of processes. {@code -Dosmo.processes=200} sets it for the test on a JVM. */
  int processes() {
    return NativeBinary.isThere() ? 200 : Integer.getInteger("osmo.processes", 20);
  }

  /** The script under test. */
  Path script() throws IOException {
    return SCRIPT;
  }

  private void logIn() throws Exception {
    exchangeAnswers(FakeJwt.livingFor(300, "first"), 0);
    String url = "http://localhost:" + server.port();
    assertThat(osmo("login", url, "--method=token", "--token=" + token).code()).isZero();
  }

  /** Slow enough that all processes wait for the lock. */
  private void exchangeAnswers(String jwt, int delayMillis) {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .willReturn(okJson("{\"token\":\"" + jwt + "\"}").withFixedDelay(delayMillis)));
  }

  private void letTheJwtGetOld() throws IOException {
    edit("\"jwt_received_at\": \"[^\"]*\"", "\"jwt_received_at\": \"2026-01-01T00:00:00Z\"");
  }

  private void edit(String pattern, String replacement) throws IOException {
    String file = Files.readString(credentials());
    String edited = file.replaceAll(pattern, replacement);
    assertThat(edited).isNotEqualTo(file);
    Files.writeString(credentials(), edited);
  }

  private Path credentials() {
    return home.resolve("config/credentials.json");
  }

  private CommandResult osmo(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(args));
    return run(home, command.toArray(String[]::new));
  }

  private static CommandResult run(Path home, String... command) throws Exception {
    return start(home, command).finish();
  }

  private static Started start(Path home, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("OSMO_CONFIG_FILE_DIR", home.resolve("config").toString());
    return new Started(builder.start(), out, err);
  }

  private record Started(Process process, Path out, Path err) {
    CommandResult finish() throws Exception {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }
}
