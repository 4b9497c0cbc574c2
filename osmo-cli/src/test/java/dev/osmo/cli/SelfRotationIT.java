package dev.osmo.cli;

import static dev.osmo.cli.RunningSidecar.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code osmo sidecar run --self-rotate} between a server that follows the rules of a rotation and
 * an API that follows those of Kubernetes. However it goes, the secret in the Secret works at the
 * end: never are both secrets lost.
 */
@Tag("I12")
class SelfRotationIT {
  private static final String CLAIM = "osmo.dev/rotation-claim";

  @TempDir Path folder;

  private RotatingServer osmo;
  private ClusterServer cluster;
  private Path mounted;

  @BeforeEach
  void start() throws Exception {
    osmo = new RotatingServer(Duration.ofHours(1), Duration.ofDays(300));
    cluster = new ClusterServer(osmo.firstSecret());
    mounted = Files.createDirectory(folder.resolve("secret")).resolve("token");
    mount();
  }

  @AfterEach
  void stop() {
    osmo.close();
    cluster.close();
  }

  /** What the kubelet does some time after a change. */
  private void mount() throws IOException {
    Path next = Files.writeString(folder.resolve("next"), cluster.value());
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    Files.move(next, mounted, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private RunningSidecar sidecar() throws IOException {
    Map<String, String> variables = new HashMap<>(cluster.pod(folder.resolve("account")));
    variables.put("OSMO_URL", osmo.url());
    variables.put("OSMO_TOKEN_FILE", mounted.toString());
    return RunningSidecar.start(
        Files.createDirectories(folder.resolve("home")),
        variables,
        "--listen",
        "127.0.0.1:0",
        "--health",
        "127.0.0.1:0",
        "--self-rotate",
        "osmo-pipeline-token,life=30d");
  }

  private void rotatedBy(RunningSidecar sidecar) {
    eventually()
        .until(
            () -> sidecar.err().contains("The token is rotated") || !sidecar.process().isAlive());
    assertThat(cluster.value()).isNotEqualTo(osmo.firstSecret());
    assertThat(osmo.accepts(cluster.value())).isTrue();
    assertThat(cluster.secret().at("/metadata/annotations").has(CLAIM)).isFalse();
  }

  @Test
  @Tag("I1")
  void a_token_that_expires_soon_is_rotated_and_written_to_its_secret() throws Exception {
    try (RunningSidecar sidecar = sidecar()) {
      rotatedBy(sidecar);

      assertThat(osmo.rotations()).isEqualTo(1);
      assertThat(osmo.accepts(osmo.firstSecret())).isTrue();
      assertThat(osmo.expiry()).isAfter(Instant.now().plus(Duration.ofDays(29)));
      assertThat(cluster.secret().at("/data/other").asText()).isEqualTo("b3RoZXI=");
      assertThat(sidecar.err()).doesNotContain(osmo.firstSecret(), cluster.value());

      mount();
      eventually().until(() -> sidecar.err().split("JWT valid until", -1).length > 2);
      assertThat(
              RawClient.response(
                  sidecar.port("Probes"),
                  "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .contains("osmo_sidecar_token_rotations_total 1")
          .contains("osmo_sidecar_ready 1");
    }
  }

  /** The rotation has renewed the token, but has also limited the validity of the known secret. */
  @Test
  void a_lost_response_to_the_rotation_loses_no_secret() throws Exception {
    osmo.loseNextResponse();
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> sidecar.err().contains("is not rotated, trying again"));
      assertThat(cluster.value()).isEqualTo(osmo.firstSecret());
      assertThat(osmo.accepts(osmo.firstSecret())).isTrue();
    }
    // Its claim has not expired, so another process would wait. This one is as after that.
    cluster.annotate(CLAIM, "killed 2026-01-01T00:00:00Z");
    try (RunningSidecar next = sidecar()) {
      rotatedBy(next);
    }
    assertThat(osmo.rotations()).isEqualTo(2);
  }

  @Test
  void lost_responses_to_changes_of_the_secret_are_noticed() throws Exception {
    cluster.loseResponses(2);
    try (RunningSidecar sidecar = sidecar()) {
      rotatedBy(sidecar);
    }
    assertThat(osmo.rotations()).isEqualTo(1);
  }

  @Test
  void a_conflicting_change_of_a_label_is_kept() throws Exception {
    cluster.beforeNextWrite(secret -> secret.annotate("team", "a"));
    try (RunningSidecar sidecar = sidecar()) {
      rotatedBy(sidecar);
    }
    assertThat(cluster.secret().at("/metadata/annotations/team").asText()).isEqualTo("a");
    assertThat(osmo.rotations()).isEqualTo(1);
  }

  /** Such as by an older program, which knows no claims. */
  @Test
  void a_secret_that_another_program_wrote_meanwhile_stays_if_it_works() throws Exception {
    String[] other = new String[1];
    cluster.beforeNextWrite(
        secret -> {
          other[0] = osmo.rotateElsewhere();
          secret.set(other[0]);
        });
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> sidecar.err().contains("Another process rotates the token"));
    }
    assertThat(cluster.value()).isEqualTo(other[0]);
    assertThat(osmo.accepts(cluster.value())).isTrue();
  }

  @Test
  void a_secret_that_another_program_wrote_meanwhile_is_replaced_if_it_is_refused()
      throws Exception {
    String lost = osmo.rotateElsewhere();
    cluster.beforeNextWrite(secret -> secret.set(lost));
    try (RunningSidecar sidecar = sidecar()) {
      rotatedBy(sidecar);
    }
    assertThat(cluster.values()).contains(lost);
    assertThat(osmo.accepts(lost)).isFalse();
  }

  /** The new secret was replaced between the rotation and the change: the old one rotates again. */
  @Test
  void a_new_secret_that_is_refused_is_replaced() throws Exception {
    cluster.beforeNextWrite(secret -> osmo.rotateElsewhere());
    try (RunningSidecar sidecar = sidecar()) {
      rotatedBy(sidecar);
    }
    assertThat(osmo.rotations()).isEqualTo(3);
  }

  @Test
  void of_two_replicas_one_rotates() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    osmo.hold(go);
    try (RunningSidecar one = sidecar();
        RunningSidecar other = sidecar()) {
      eventually()
          .until(
              () ->
                  one.err().contains("Another process rotates")
                      || other.err().contains("Another process rotates"));
      go.countDown();
      eventually()
          .until(
              () ->
                  one.err().contains("The token is rotated")
                      || other.err().contains("The token is rotated"));
    }
    assertThat(osmo.rotations()).isEqualTo(1);
    assertThat(osmo.accepts(cluster.value())).isTrue();
  }

  @Test
  void a_fresh_claim_of_another_process_is_respected() throws Exception {
    cluster.annotate(CLAIM, "other " + Instant.now());
    try (RunningSidecar sidecar = sidecar()) {
      eventually().until(() -> sidecar.err().contains("Another process rotates the token"));
    }
    assertThat(osmo.rotations()).isZero();
    assertThat(cluster.value()).isEqualTo(osmo.firstSecret());
  }

  @Test
  void a_missing_permission_is_reported_and_nothing_is_rotated() throws Exception {
    Map<String, String> variables = new HashMap<>(cluster.pod(folder.resolve("account")));
    variables.put("OSMO_URL", osmo.url());
    variables.put("OSMO_TOKEN_FILE", mounted.toString());
    try (RunningSidecar sidecar =
        RunningSidecar.start(
            Files.createDirectories(folder.resolve("home")),
            variables,
            "--listen",
            "127.0.0.1:0",
            "--self-rotate",
            "another-secret")) {
      eventually()
          .until(() -> sidecar.err().contains("does not let osmo read the Secret another-secret"));
    }
    assertThat(osmo.rotations()).isZero();
  }
}
