package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The environment of a container, with the values of the ConfigMaps that it names. */
final class Environment {
  private final Map<String, String> values = new LinkedHashMap<>();

  private Environment() {}

  static Environment of(Rendering rendering, JsonNode container) {
    Environment environment = new Environment();
    Manifest.each(container.path("envFrom"))
        .map(source -> source.at("/configMapRef/name").asText())
        .flatMap(name -> rendering.find("ConfigMap", name).stream())
        .forEach(
            map ->
                map.at("/data")
                    .properties()
                    .forEach(
                        entry ->
                            environment.values.put(entry.getKey(), entry.getValue().asText())));
    Manifest.each(container.path("env"))
        .forEach(
            variable ->
                environment.values.put(
                    variable.path("name").asText(), value(rendering, variable).orElse("")));
    return environment;
  }

  Map<String, String> values() {
    return values;
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  private static Optional<String> value(Rendering rendering, JsonNode variable) {
    if (variable.has("value")) {
      return Optional.of(variable.path("value").asText());
    }
    JsonNode reference = variable.at("/valueFrom/configMapKeyRef");
    return rendering
        .find("ConfigMap", reference.path("name").asText())
        .map(map -> map.at("/data").path(reference.path("key").asText()).asText());
  }
}
