package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an object names exists: ConfigMaps, Secrets, Services, ports, pods. */
final class ReferenceRule implements Rule {
  private static final String PAGE = "src-docs/operator/kubernetes.rst";

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      configMaps(rendering, manifest, faults);
      secrets(rendering, manifest, faults);
    }
    rendering.of("Service").forEach(one -> selectsPods(rendering, one, "/spec/selector", faults));
    rendering
        .of("PodDisruptionBudget")
        .forEach(one -> selectsPods(rendering, one, "/spec/selector/matchLabels", faults));
    for (Manifest budget : rendering.of("PodDisruptionBudget").toList()) {
      faults.unless(
          budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"),
          budget,
          "lets a pod that is not ready block the drain of a node");
    }
    deployments(rendering, faults);
    rendering.of("HorizontalPodAutoscaler").forEach(one -> autoscaler(rendering, one, faults));
    rendering
        .of("ServiceMonitor")
        .forEach(
            monitor ->
                faults.unless(
                    rendering
                            .of("Service")
                            .filter(
                                one ->
                                    includes(
                                        one.at("/metadata/labels"),
                                        monitor.at("/spec/selector/matchLabels")))
                            .filter(
                                one ->
                                    Manifest.named(
                                            one.at("/spec/ports"),
                                            monitor.at("/spec/endpoints/0/port").asText())
                                        .isPresent())
                            .count()
                        == 2,
                    monitor,
                    "does not select the management ports of both services"));
    return faults.all();
  }

  private static void configMaps(Rendering rendering, Manifest manifest, Faults faults) {
    for (JsonNode container : manifest.containers()) {
      Stream.concat(
              Manifest.each(container.path("envFrom")).map(one -> one.path("configMapRef")),
              Manifest.each(container.path("env")).map(one -> one.at("/valueFrom/configMapKeyRef")))
          .filter(reference -> reference.has("name"))
          .forEach(
              reference -> {
                String name = reference.path("name").asText();
                faults.unless(
                    rendering
                        .find("ConfigMap", name)
                        .filter(
                            map ->
                                !reference.has("key")
                                    || map.at("/data").has(reference.path("key").asText()))
                        .isPresent(),
                    manifest,
                    "names the ConfigMap " + name + " " + reference.path("key").asText());
              });
    }
    for (JsonNode volume : volumes(manifest)) {
      if (volume.has("configMap")) {
        String name = volume.at("/configMap/name").asText();
        faults.unless(
            rendering.find("ConfigMap", name).isPresent()
                || isDocumented(name, keys(volume.path("configMap"))),
            manifest,
            "mounts ConfigMap " + name);
      }
    }
  }

  /** A Secret is in the rendering, or the operator reads its name and its keys on the page. */
  private static void secrets(Rendering rendering, Manifest manifest, Faults faults) {
    for (JsonNode volume : volumes(manifest)) {
      Stream.concat(
              Stream.of(volume.path("secret")),
              Manifest.each(volume.at("/projected/sources")).map(source -> source.path("secret")))
          .filter(secret -> secret.has("name") || secret.has("secretName"))
          .forEach(
              secret -> {
                String name = secret.path("name").asText() + secret.path("secretName").asText();
                Set<String> keys = keys(secret);
                faults.unless(
                    rendering
                            .find("Secret", name)
                            .filter(one -> keys.stream().allMatch(key -> one.at("/data").has(key)))
                            .isPresent()
                        || isDocumented(Rendering.withoutHash(name), keys),
                    manifest,
                    "mounts the Secret " + name + " with " + keys + ", which nobody makes");
              });
    }
  }

  private static Set<String> keys(JsonNode source) {
    Set<String> keys = new HashSet<>();
    Manifest.each(source.path("items")).forEach(item -> keys.add(item.path("key").asText()));
    return keys;
  }

  private static boolean isDocumented(String name, Set<String> keys) {
    String page = Pages.text(PAGE);
    return page.lines()
        .filter(line -> line.contains("``" + name + "``"))
        .anyMatch(line -> keys.stream().allMatch(key -> line.contains("``" + key + "``")));
  }

  private static Iterable<JsonNode> volumes(Manifest manifest) {
    return manifest
        .podSpec()
        .map(spec -> Manifest.each(spec.path("volumes")).toList())
        .orElse(List.of());
  }

  private static void deployments(Rendering rendering, Faults faults) {
    for (Manifest deployment : rendering.of("Deployment").toList()) {
      faults.unless(
          includes(
              deployment.at("/spec/template/metadata/labels"),
              deployment.at("/spec/selector/matchLabels")),
          deployment,
          "does not select its own pods");
      JsonNode spec = deployment.podSpec().orElseThrow();
      if (!deployment.at("/metadata/labels").has("osmo.dev/sidecar")) {
        faults.unless(
            spec.has("topologySpreadConstraints") && spec.at("/affinity").has("podAntiAffinity"),
            deployment,
            "does not spread its pods");
        faults.unless(
            rendering.find("PodDisruptionBudget", deployment.name()).isPresent(),
            deployment,
            "has no PodDisruptionBudget");
      }
    }
  }

  private static void autoscaler(Rendering rendering, Manifest autoscaler, Faults faults) {
    faults.unless(
        rendering
            .find("Deployment", autoscaler.at("/spec/scaleTargetRef/name").asText())
            .filter(deployment -> !deployment.at("/spec").has("replicas"))
            .isPresent(),
        autoscaler,
        "scales no Deployment, or one that states its replicas");
  }

  private static void selectsPods(
      Rendering rendering, Manifest one, String selector, Faults faults) {
    List<JsonNode> selected =
        rendering.manifests().stream()
            .flatMap(manifest -> manifest.podTemplate().stream())
            .filter(template -> includes(template.at("/metadata/labels"), one.at(selector)))
            .toList();
    faults.unless(selected.size() == 1, one, "selects " + selected.size() + " kinds of pods");
    for (JsonNode port : Manifest.each(one.at("/spec/ports")).toList()) {
      String name = port.path("targetPort").asText();
      faults.unless(
          selected.stream()
              .flatMap(template -> Manifest.each(template.at("/spec/containers")))
              .anyMatch(container -> Manifest.named(container.path("ports"), name).isPresent()),
          one,
          "leads to the port " + name + ", which no pod has");
    }
  }

  static boolean includes(JsonNode labels, JsonNode wanted) {
    return wanted.isObject()
        && wanted.properties().stream()
            .map(Map.Entry::getKey)
            .allMatch(key -> labels.path(key).equals(wanted.path(key)));
  }
}
