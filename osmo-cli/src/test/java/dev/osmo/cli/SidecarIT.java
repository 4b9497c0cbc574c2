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

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code osmo sidecar run} as a process, native if this build created a binary. */
class SidecarIT {
  private static final String EXCHANGE = "/api/auth/jwt/access_token";

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
