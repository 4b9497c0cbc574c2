package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own program evaluates the alerts. It is in Debian's package prometheus. */
class AlertsTest {
  @TempDir Path folder;

  @BeforeEach
  void programs_are_installed() {
    assumeTrue(Kustomize.program().isPresent(), Kustomize.SKIPPED);
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
        "SKIPPED: promtool is not installed, so the alerts are not evaluated");
  }

  @Test
  void series_of_metrics_cause_the_alerts_that_they_should() throws IOException {
    Files.writeString(
        folder.resolve("rules.yaml"),
        Kustomize.baseWith("monitoring").get("PrometheusRule", "osmo").at("/spec").toString());
    try (InputStream series = AlertsTest.class.getResourceAsStream("/alerts.yaml")) {
      Files.copy(series, folder.resolve("alerts.yaml"));
    }

    assertThat(Kustomize.run("promtool", "test", "rules", folder.resolve("alerts.yaml").toString()))
        .contains("SUCCESS");
  }
}
