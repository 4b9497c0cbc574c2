package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts and the dashboard ask for metrics and labels that the running services have. {@code
 * MonitoringRule} compares them with the pages only.
 */
class MonitoringIT {
  private static final Path MONITORING =
      RunningStack.HOME.resolve("deploy/k8s/components/monitoring");

  /** A metric, and what is asked of its labels. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:osmo|sql|http|jvm)_[a-z0-9_]+)(?:\\{([^}]*)})?");

  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern EXPRESSION =
      Pattern.compile("(?m)^ +expr: (?:>-\\n((?: {12,}.*\\n)+)|(.*)\\n)");

  /** Prometheus adds these. */
  private static final Set<String> ADDED = Set.of("job", "pod");

  @TempDir static Path temp;

  private static RunningStack stack;
  private static String metrics;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(temp.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    Path webhooks =
        Files.writeString(
            temp.resolve("webhooks.json"),
            "{\"webhooks\": [{\"name\": \"mail\", \"url\": \"http://127.0.0.1:1/\", \"secret_file\": \"%s/secret\"}]}"
                .formatted(temp));
    stack =
        RunningStack.launch(
                temp.resolve("data"),
                FreePorts.find(1).getFirst(),
                Map.of(
                    "JAVA_TOOL_OPTIONS",
                    "-Dtoken-service.expiry-notices.webhooks-file=" + webhooks))
            .awaitReady();
    Http.as(stack.url(), stack.file("user-token")).get("/api/auth/access_token");
    Http.anonymous(stack.url()).get("/api/auth/access_token");
    Http.anonymous(stack.url()).exchange("junk");
    metrics = stack.metrics("token-service") + stack.metrics("auth-exchange-service");
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
  }

  @Test
  void every_alert_asks_for_metrics_and_labels_that_exist() throws IOException {
    List<String> expressions =
        EXPRESSION
            .matcher(Files.readString(MONITORING.resolve("rules.yaml")))
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();

    assertThat(expressions).hasSizeGreaterThan(15);
    assertThat(faults(expressions)).isEmpty();
  }

  @Test
  void every_panel_asks_for_metrics_and_labels_that_exist() throws IOException {
    List<String> expressions =
        new JsonObject(Files.readString(MONITORING.resolve("dashboard.json")))
            .getJsonArray("panels").stream()
                .flatMap(panel -> ((JsonObject) panel).getJsonArray("targets").stream())
                .map(target -> ((JsonObject) target).getString("expr"))
                .toList();

    assertThat(expressions).hasSizeGreaterThan(10);
    assertThat(faults(expressions)).isEmpty();
  }

  @Test
  void a_metric_and_a_label_that_do_not_exist_are_found() {
    assertThat(
            faults(
                List.of(
                    "sum(rate(osmo_denied_total{why=\"x\"}[5m])) / max(osmo_prune_late_seconds)")))
        .containsExactly("osmo_denied_total has no label why", "osmo_prune_late_seconds");
  }

  private static Set<String> faults(List<String> expressions) {
    return expressions.stream()
        .flatMap(expression -> SELECTOR.matcher(expression).results())
        .flatMap(MonitoringIT::faults)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> faults(MatchResult selector) {
    String name = selector.group(1);
    List<String> series =
        metrics
            .lines()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .toList();
    if (series.isEmpty()) {
      return Stream.of(name);
    }
    return LABEL
        .matcher(selector.group(2) == null ? "" : selector.group(2))
        .results()
        .map(label -> label.group(1))
        .filter(label -> !ADDED.contains(label))
        .filter(label -> series.stream().noneMatch(line -> hasLabel(line, label)))
        .map(label -> name + " has no label " + label);
  }

  private static boolean hasLabel(String line, String label) {
    return Pattern.compile("[{,]" + label + "=\"").matcher(line).find();
  }
}
