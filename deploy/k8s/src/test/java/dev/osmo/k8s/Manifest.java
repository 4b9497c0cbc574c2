package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of a rendering. */
record Manifest(ObjectNode root) {
  private static final Map<String, String> POD_TEMPLATES =
      Map.of(
          "Deployment", "/spec/template",
          "StatefulSet", "/spec/template",
          "DaemonSet", "/spec/template",
          "Job", "/spec/template",
          "CronJob", "/spec/jobTemplate/spec/template");

  String kind() {
    return root.path("kind").asText();
  }

  String name() {
    return root.path("metadata").path("name").asText();
  }

  boolean is(String kind, String name) {
    return kind().equals(kind) && name().equals(name);
  }

  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  /** The object at a pointer, to be changed. */
  ObjectNode object(String pointer) {
    return (ObjectNode) at(pointer);
  }

  Optional<JsonNode> podTemplate() {
    return Optional.ofNullable(POD_TEMPLATES.get(kind())).map(this::at);
  }

  /** The pod's specification, of those that have one; of a workflow, that of its first step. */
  Optional<JsonNode> podSpec() {
    return podTemplate().map(template -> template.path("spec"));
  }

  /** All containers, initial ones included. */
  List<JsonNode> containers() {
    return podSpec().stream()
        .flatMap(
            spec -> Stream.concat(each(spec.path("initContainers")), each(spec.path("containers"))))
        .toList();
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The value of the element with this name. */
  static Optional<JsonNode> named(JsonNode array, String name) {
    return each(array).filter(one -> one.path("name").asText().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
