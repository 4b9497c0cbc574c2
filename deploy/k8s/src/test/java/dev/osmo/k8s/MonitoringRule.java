package dev.osmo.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Alerts and the dashboard use metrics that exist, and each alert is on the operator's page. */
final class MonitoringRule implements Rule {
  private static final String PAGE = "src-docs/operator/alerts.rst";
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:osmo|sql|http|jvm|up|kube)_[a-z0-9_]*[a-z0-9]\\b");

  /** Metrics of the runtime, which the pages name only by their first part. */
  private static final Set<String> RUNTIME =
      Set.of("http_server_requests_seconds_count", "jvm_memory_used_bytes");

  private static final Pattern REASON = Pattern.compile("reason=\"([^\"]+)\"");

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest rules : rendering.of("PrometheusRule").toList()) {
      for (JsonNode rule : Manifest.each(rules.at("/spec/groups/0/rules")).toList()) {
        String name = rule.path("alert").asText();
        expression(name, rule.path("expr").asText(), faults);
        faults.unless(
            Pages.text(PAGE).contains("``" + name + "``"), name, "is not explained on the page");
        faults.unless(
            rule.at("/labels").has("severity") && rule.at("/annotations").has("summary"),
            name,
            "has no severity or summary");
      }
    }
    for (Manifest map : rendering.of("ConfigMap").toList()) {
      if (map.at("/metadata/labels").has("grafana_dashboard")) {
        Manifest.each(dashboard(map).path("panels"))
            .forEach(
                panel ->
                    Manifest.each(panel.path("targets"))
                        .forEach(
                            target ->
                                expression(
                                    "panel " + panel.path("title").asText(),
                                    target.path("expr").asText(),
                                    faults)));
      }
    }
    return faults.all();
  }

  private static JsonNode dashboard(Manifest map) {
    try {
      return new ObjectMapper().readTree(map.at("/data").path("osmo.json").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("the dashboard is no JSON", e);
    }
  }

  private static void expression(String where, String expression, Faults faults) {
    faults.unless(!expression.isBlank(), where, "has no expression");
    METRIC
        .matcher(expression)
        .results()
        .forEach(
            match ->
                faults.unless(
                    isKnown(match.group()), where, match.group() + " is no metric of osmo"));
    REASON
        .matcher(expression)
        .results()
        .forEach(
            match ->
                faults.unless(
                    problems().contains(match.group(1)), where, match.group(1) + " is no reason"));
  }

  private static boolean isKnown(String metric) {
    Set<String> known = new HashSet<>(Pages.metrics());
    known.addAll(RUNTIME);
    return known.contains(metric)
        || known.contains(metric.replaceFirst("_(count|sum|bucket)$", ""));
  }

  private static Set<String> problems() {
    Set<String> names = new HashSet<>();
    for (String service : List.of(Routes.TOKEN_SERVICE, Routes.AUTH_EXCHANGE)) {
      Manifest.each(
              dev.osmo.testkit.contracts.Contracts.json("problems-" + service + ".json")
                  .path("problems"))
          .forEach(problem -> names.add(problem.path("name").asText()));
    }
    return names;
  }
}
