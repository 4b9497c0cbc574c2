package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline with a sidecar beside it, on the real system: a script that knows only a file and a
 * local address calls a protected API for several lives of a JWT, while everything changes under
 * it. A JWT lives for ten seconds here, the shortest life that the exchange allows.
 */
class PipelineIT {
  private static final String USER = "pipeline@example.com";
  private static final String TOKEN = "/api/auth/user/" + USER + "/access_token/pipeline";
  private static final int LIVES = 1;

  /** Reads the file for each request, and sends the other request without any credential. */
  private static final String SCRIPT =
      """
      while [ ! -e end ]; do
        curl -s -o body -w 'file %{http_code}\\n' \
            -H "Authorization: Bearer $(cat jwt)" "$API/api/workflow" >> results
        curl -s -o body -w 'proxy %{http_code}\\n' "http://127.0.0.1:$PROXY/api/workflow" >> results
      done
      """;

  /**
   * Reads the file all the time, as a program of its own, until it is gone. It has no network, and
   * writes into the file of the results what it should not have been able to do.
   */
  private static final String READER =
      """
      cd /results
      {
        ! ls /run/secrets/osmo 2>/dev/null
        ! cat /run/secrets/osmo/token 2>/dev/null
        ! (echo x > /run/osmo/jwt) 2>/dev/null || echo 'wrote the file'
        ! (echo x > /run/osmo/other) 2>/dev/null || echo 'wrote into the folder'
        ! (echo x > /usr/x) 2>/dev/null || echo 'wrote into the root'
        ! curl -s "$API" || echo 'reached the network'
      } > denied
      until [ -s /run/osmo/jwt ]; do sleep 0.1; done
      while [ -e /run/osmo/jwt ]; do
        jwt=$(cat /run/osmo/jwt 2>/dev/null) || continue
        case $jwt in
          *[!A-Za-z0-9_.-]* | *.*.*.* | *.*. | '') echo "$jwt" >> torn ;;
          *.*.*) : > read ;;
          *) echo "$jwt" >> torn ;;
        esac
      done
      : > gone
      """;

  @TempDir static Path data;

  private static RunningStack stack;

  @TempDir Path temp;

  private Path secret;
  private Path work;

  @BeforeAll
  static void start() throws Exception {
    stack =
        RunningStack.launch(
                data.resolve("data"),
                FreePorts.find(1).getFirst(),
                Map.of("JAVA_TOOL_OPTIONS", "-Dauth-exchange.jwt.ttl=PT10S"))
            .awaitReady();
    JsonObject user =
        new JsonObject()
            .put("id", USER)
            .put("roles", new JsonArray(List.of("osmo-user", "osmo-ml-team")));
    assertThat(admin().post("/api/auth/user", user).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
  }

  @BeforeEach
  void folders() throws IOException {
    work = Files.createDirectory(temp.resolve("work"));
    secret = Files.createDirectory(temp.resolve("secret"));
  }

  @Test
  @Tag("I2")
  @Tag("I3")
  void no_request_of_a_script_fails_while_its_token_is_rotated_and_its_role_removed()
      throws Exception {
    mount("first", admin().postEmpty(TOKEN).text());
    run();
  }

  /** A pod without a cluster: they share a folder and the addresses of their network. */
  @Test
  @Tag("I3")
  void a_program_and_its_sidecar_are_two_sandboxes_that_share_a_folder() throws Exception {
    assumeTrue(Sandbox.isInstalled(), Sandbox.SKIPPED);
    mount("first", admin().postEmpty(TOKEN + "-pod").text());
    Path results = Files.createDirectory(temp.resolve("results"));
    Process sidecar = sandboxedSidecar();
    Process program =
        Sandbox.ofProgram(work)
            .with(results, "/results")
            .withVariable("API", stack.url())
            .start("/bin/sh", "-c", READER);
    try {
      await()
          .atMost(Patience.LONG)
          .until(() -> Files.exists(results.resolve("read")) || !program.isAlive());
      assertThat(Files.readString(results.resolve("denied")))
          .as("what the program could read, write or reach")
          .isEmpty();
      mount("second", admin().postEmpty(TOKEN + "-pod/rotate?grace=1").object().getString("token"));
      String before = jwt();
      await().atMost(Patience.LONG).until(() -> !jwt().equals(before));

      Sandbox.kill(sidecar);
      String left = jwt();
      assertThat(left.split("\\.", -1)).as("a killed sidecar leaves a complete JWT").hasSize(3);
      sidecar = sandboxedSidecar();
      await().atMost(Patience.LONG).until(() -> !jwt().equals(left));

      Sandbox.terminate(sidecar);
      assertThat(Patience.exitOf(sidecar)).isZero();
      assertThat(work.resolve("jwt")).doesNotExist();
      await().atMost(Patience.LONG).until(() -> Files.exists(results.resolve("gone")));
      assertThat(Patience.exitOf(program)).isZero();
      assertThat(results.resolve("torn")).doesNotExist();
    } finally {
      Sandbox.kill(sidecar);
      Sandbox.kill(program);
    }
  }

  /**
   * The Job of {@code deploy/k8s/examples/shutdown}: its own script and its own options. The last
   * request of the script ends the sidecar, and the kubelet has nothing to do. With the other
   * examples, it sends SIGTERM when the program has ended.
   */
  @Test
  void a_job_ends_with_its_main_container() throws Exception {
    assumeTrue(Sandbox.isInstalled(), Sandbox.SKIPPED);
    mount("first", admin().postEmpty(TOKEN + "-job").text());
    int port = FreePorts.find(1).getFirst();
    ExampleJob job = ExampleJob.shutdown(port, stack.url());
    Process ordinary = Sandbox.ofSidecar(work, secret, stack.url()).start(job.sidecar());
    Process program = Sandbox.ofProgram(work).withNetwork().start(job.program());
    try {
      assertThat(Patience.exitOf(program)).isZero();
      long ended = System.nanoTime();
      assertThat(Patience.exitOf(ordinary)).isZero();
      report("by /quitquitquit", ended);
      assertThat(work.resolve("jwt")).doesNotExist();

      Process restarted = sandboxedSidecar();
      await().atMost(Patience.LONG).until(() -> !jwt().isEmpty());
      ended = System.nanoTime();
      Sandbox.terminate(restarted);
      assertThat(Patience.exitOf(restarted)).isZero();
      report("by SIGTERM", ended);
    } finally {
      Sandbox.kill(ordinary);
      Sandbox.kill(program);
    }
  }

  private static void report(String how, long since) {
    System.out.printf(
        "The sidecar ended %s %d ms after the program.%n",
        how, (System.nanoTime() - since) / 1_000_000);
  }

  private Process sandboxedSidecar() throws IOException {
    return Sandbox.ofSidecar(work, secret, stack.url())
        .start("sidecar", "run", "--sink=file:/run/osmo/jwt,mode=0440");
  }

  private static Http admin() throws IOException, InterruptedException {
    return Http.as(stack.url(), stack.file("admin-token"));
  }

  private void run() throws Exception {
    int proxy = FreePorts.find(1).getFirst();
    Process sidecar = sidecar(proxy);
    Process script = null;
    try {
      await().atMost(Patience.LONG).until(() -> !jwt().isEmpty());
      assertThat(roles(jwt())).containsExactly("osmo-ml-team", "osmo-user");
      script = script(proxy);
      Set<String> jwts = new HashSet<>();

      await().atMost(Patience.LONG).until(() -> seen(jwts) > 1);
      String rotated = admin().postEmpty(TOKEN + "/rotate?grace=1").object().getString("token");
      mount("second", rotated);
      await().atMost(Patience.LONG).until(() -> seen(jwts) > 2);
      assertThat(admin().delete("/api/auth/user/" + USER + "/roles/osmo-ml-team").body())
          .isEqualTo("null");
      await().atMost(Patience.LONG).until(() -> roles(jwt()).equals(List.of("osmo-user")));
      int before = seen(jwts);
      await().atMost(Patience.LONG).until(() -> seen(jwts) > before + LIVES);

      Files.createFile(work.resolve("end"));
      assertThat(Patience.exitOf(script)).isZero();
      List<String> results = Files.readAllLines(work.resolve("results"));
      assertThat(results).contains("file 200", "proxy 200");
      assertThat(new HashSet<>(results)).containsExactlyInAnyOrder("file 200", "proxy 200");

      Patience.exitOf(sidecar.destroyForcibly());
      String left = jwt();
      assertThat(left.split("\\.", -1)).as("a killed sidecar leaves a complete JWT").hasSize(3);
      sidecar = sidecar(proxy);
      await().atMost(Patience.LONG).until(() -> !jwt().isEmpty() && !jwt().equals(left));
      sidecar.destroy();
      assertThat(Patience.exitOf(sidecar)).isZero();
      assertThat(work.resolve("jwt")).doesNotExist();
      assertThat(Files.readString(work.resolve("err")))
          .doesNotContain(rotated)
          .doesNotContain("eyJ");
    } finally {
      sidecar.destroyForcibly();
      // Without its folder, it would never see the file that ends it.
      if (script != null) {
        script.destroyForcibly();
      }
    }
  }

  private Process sidecar(int proxy) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            RunningStack.HOME.resolve("osmo-cli/osmo").toString(),
            "sidecar",
            "run",
            "--sink=file:" + work.resolve("jwt") + ",mode=0400",
            "--proxy=127.0.0.1:" + proxy,
            "--upstream=" + stack.url());
    builder.environment().keySet().removeIf(key -> key.startsWith("OSMO_"));
    builder.environment().put("OSMO_URL", stack.url());
    builder.environment().put("OSMO_TOKEN_FILE", secret.resolve("token").toString());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(work.resolve("err").toFile()));
    return builder.start();
  }

  private Process script(int proxy) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", SCRIPT).directory(work.toFile());
    builder.environment().put("API", stack.url());
    builder.environment().put("PROXY", Integer.toString(proxy));
    return builder.inheritIO().start();
  }

  /** The order in which the kubelet replaces a Secret. */
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

  private String jwt() throws IOException {
    try {
      return Files.readString(work.resolve("jwt"));
    } catch (NoSuchFileException absent) {
      return "";
    }
  }

  private int seen(Set<String> jwts) throws IOException {
    jwts.add(jwt());
    return jwts.size();
  }

  private static List<String> roles(String jwt) {
    String payload = jwt.isEmpty() ? "e30" : jwt.split("\\.", -1)[1];
    JsonObject claims =
        new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    return claims.getJsonArray("roles", new JsonArray()).stream().map(String.class::cast).toList();
  }
}
