package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.osmo.cli.RunningSidecar.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code osmo sidecar run} as a process, native if this build created a binary. */
class SidecarIT {
  private static final String EXCHANGE = "/api/auth/jwt/access_token";

  /** Set by {@code -Dosmo.rotations=1000}. */
  private static final int ROTATIONS =
      Integer.getInteger("osmo.rotations", NativeBinary.isThere() ? 200 : 20);

  private final String oldToken = Contracts.token();
  private final String newToken =
      Contracts.tokenVectors().path("tokens").path(3).path("text").asText();
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));

  @TempDir Path folder;

  private Path secret;
  private Path sink;

  @BeforeEach
  void start() throws IOException {
    server.start();
    secret = Files.createDirectory(folder.resolve("secret"));
    sink = Files.createDirectory(folder.resolve("sinks")).resolve("jwt");
    mount("first", oldToken);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  @Tag("I1")
  void the_jwt_is_renewed_before_it_expires_and_deleted_at_the_end() throws Exception {
    String first = answers(oldToken, FakeJwt.livingFor(5, "first"));
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> content().equals(first));
      String second = answers(oldToken, FakeJwt.livingFor(300, "second"));
      eventually().until(() -> content().equals(second));

      assertThat(sidecar.endAfter("TERM").code()).isZero();
    }
    assertThat(sink).doesNotExist();
    assertThat(sink.getParent()).isEmptyDirectory();
  }

  /** Kubernetes replaces the folder of a Secret by renaming a symbolic link. */
  @Test
  void a_replaced_token_is_used_and_the_old_jwt_stays_until_the_new_one_is_there()
      throws Exception {
    String first = answers(oldToken, FakeJwt.livingFor(300, "first"));
    refuses(newToken);
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> content().equals(first));

      mount("second", newToken);
      eventually().until(() -> sidecar.err().contains("not renewed, trying again: No."));
      assertThat(content()).isEqualTo(first);

      String second = answers(newToken, FakeJwt.livingFor(300, "second"));
      eventually().until(() -> content().equals(second));
      assertThat(sidecar.err()).doesNotContain(oldToken, newToken, first, second);
    }
  }

  @Test
  @Tag("I3")
  void a_refused_token_leaves_no_expired_jwt_and_is_reported_once_a_minute() throws Exception {
    answers(oldToken, FakeJwt.livingFor(3, "short"));
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> Files.exists(sink));
      refuses(oldToken);
      eventually().until(() -> !Files.exists(sink));
      int refusals = requests();
      eventually().until(() -> requests() > refusals + 2);
      assertThat(sidecar.err().lines().filter(line -> line.contains("not renewed"))).hasSize(1);
      assertThat(sidecar.process().isAlive()).isTrue();

      String healed = answers(oldToken, FakeJwt.livingFor(300, "healed"));
      eventually().until(() -> content().equals(healed));
    }
  }

  @Test
  void a_start_deletes_the_expired_jwt_of_a_killed_one() throws Exception {
    Files.writeString(sink, FakeJwt.livingFor(-1, "old"));
    refuses(oldToken);
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> !Files.exists(sink));
      eventually().until(() -> sidecar.err().contains("not renewed"));
    }
  }

  @Test
  @Tag("I1")
  void a_hook_runs_after_each_renewal_without_the_token_and_the_jwt() throws Exception {
    Path seen = folder.resolve("seen");
    String first = answers(oldToken, FakeJwt.livingFor(5, "first"));
    try (RunningSidecar sidecar =
        sidecar("--exec", "[\"sh\",\"-c\",\"env >> " + seen + "; echo end >> " + seen + "\"]")) {
      eventually().until(() -> Files.exists(seen));
      String second = answers(oldToken, FakeJwt.livingFor(300, "second"));
      eventually()
          .until(() -> Files.readAllLines(seen).stream().filter("end"::equals).count() == 2);

      assertThat(content()).isEqualTo(second);
      assertThat(Files.readString(seen)).doesNotContain("OSMO_TOKEN", oldToken, first, second);
    }
  }

  /**
   * In a container without a shell: the search path leads nowhere. USR1, because a build that was
   * started with nohup ignores HUP, and so do its programs.
   */
  @Test
  void the_native_binary_sends_a_signal_without_a_shell() throws Exception {
    assumeTrue(NativeBinary.isThere(), "SKIPPED: this build made no native binary");
    Path got = folder.resolve("got");
    Path ready = folder.resolve("ready");
    Process program =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap ': > "
                    + got
                    + "' USR1; : > "
                    + ready
                    + "; while [ ! -e "
                    + got
                    + " ]; do sleep 0.05; done")
            .start();
    answers(oldToken, FakeJwt.livingFor(300, "signal"));
    Started sidecar = null;
    try {
      eventually().until(() -> Files.exists(ready));
      sidecar =
          Started.silently(
              sink.getParent(),
              Map.of(
                  "HOME",
                  sink.getParent().toString(),
                  "PATH",
                  "/nowhere",
                  "OSMO_URL",
                  "http://localhost:" + server.port(),
                  "OSMO_TOKEN",
                  oldToken),
              NativeBinary.command(
                  "sidecar", "run", "--sink=file:" + sink, "--signal=USR1:" + program.pid()));

      assertThat(program.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(got).exists();
      assertThat(Files.readString(sidecar.err())).doesNotContain("USR1");
    } finally {
      program.destroyForcibly();
      if (sidecar != null) {
        sidecar.process().destroyForcibly();
      }
    }
  }

  /** Each rotation is a process of its own, and the reader never waits. */
  @Test
  @Tag("I9")
  void a_tight_reader_never_reads_a_part_of_a_jwt() throws Exception {
    Set<String> written = ConcurrentHashMap.newKeySet();
    Set<String> torn = ConcurrentHashMap.newKeySet();
    AtomicBoolean reading = new AtomicBoolean(true);
    AtomicInteger changes = new AtomicInteger();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  String before = "";
                  while (reading.get()) {
                    String text = unchecked(this::content);
                    if (!text.isEmpty() && !written.contains(text)) {
                      torn.add(text);
                    }
                    changes.addAndGet(text.equals(before) ? 0 : 1);
                    before = text;
                  }
                });
    try {
      for (int i = 0; i < ROTATIONS; i++) {
        // Their lengths differ, so that a mixture of two would be noticed.
        String jwt = FakeJwt.livingFor(300, "n".repeat(i * 37 % 2000) + i);
        written.add(jwt);
        answers(oldToken, jwt);
        CommandResult once =
            RunningSidecar.run(
                sink.getParent(),
                Map.of("OSMO_URL", "http://localhost:" + server.port(), "OSMO_TOKEN", oldToken),
                "once",
                "--sink=file:" + sink);
        assertThat(once.code()).as(once.err()).isZero();
        assertThat(content()).isEqualTo(jwt);
      }
    } finally {
      reading.set(false);
      reader.join();
    }

    assertThat(torn).isEmpty();
    assertThat(changes).hasValueGreaterThan(ROTATIONS / 2);
  }

  private static String unchecked(Callable<String> reading) {
    try {
      return reading.call();
    } catch (Exception e) {
      return "unreadable: " + e;
    }
  }

  /** The order in which the kubelet does it. */
  private void mount(String version, String token) throws IOException {
    Path data = Files.createDirectory(secret.resolve(".." + version));
    Files.writeString(data.resolve("token"), token + "\n");
    Files.setPosixFilePermissions(
        data.resolve("token"), PosixFilePermissions.fromString("r--r-----"));
    Path link = Files.createSymbolicLink(secret.resolve("..data_tmp"), data.getFileName());
    Files.move(link, secret.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    if (!Files.exists(secret.resolve("token"))) {
      Files.createSymbolicLink(secret.resolve("token"), Path.of("..data", "token"));
    }
  }

  private String answers(String token, String jwt) {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .withRequestBody(containing(token))
            .willReturn(okJson("{\"token\":\"" + jwt + "\"}")));
    return jwt;
  }

  private void refuses(String token) {
    server.stubFor(
        post(urlPathEqualTo(EXCHANGE))
            .withRequestBody(containing(token))
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withHeader("Content-Type", "application/problem+json")
                    .withBody("{\"type\":\"urn:osmo:problem:token-revoked\",\"message\":\"No\"}")));
  }

  private int requests() {
    return server.findAll(postRequestedFor(urlPathEqualTo(EXCHANGE))).size();
  }

  private String content() throws IOException {
    try {
      return Files.readString(sink);
    } catch (NoSuchFileException absent) {
      return "";
    }
  }

  private RunningSidecar sidecar(String... options) {
    return RunningSidecar.start(
        sink.getParent(),
        Map.of(
            "OSMO_URL",
            "http://localhost:" + server.port(),
            "OSMO_TOKEN_FILE",
            secret.resolve("token").toString()),
        Stream.concat(Stream.of("--sink", "file:" + sink), Stream.of(options))
            .toArray(String[]::new));
  }
}
