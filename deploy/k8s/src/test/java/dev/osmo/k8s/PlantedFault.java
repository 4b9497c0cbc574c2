package dev.osmo.k8s;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * A fault in rendered manifests that a rule must find.
 *
 * @param folder what is rendered; see {@link Kustomize}
 * @param plant changes the rendering
 * @param expected a part of what the rule says
 */
record PlantedFault(String name, String folder, Consumer<Rendering> plant, String expected) {

  static final String PROD = "overlays/prod";
  static final String POD = "/spec/template/spec";
  static final String CONTAINER = POD + "/containers/0";

  static PlantedFault fault(
      String name, String folder, Consumer<Rendering> plant, String expected) {
    return new PlantedFault(name, folder, plant, expected);
  }

  /** A fault of the exchange's Deployment in {@link #PROD}. */
  static PlantedFault exchange(
      String name, String pointer, Consumer<ObjectNode> fault, String expected) {
    return fault(
        name,
        PROD,
        all -> fault.accept(all.get("Deployment", "auth-exchange-service").object(pointer)),
        expected);
  }

  static PlantedFault pod(String name, Consumer<ObjectNode> fault, String expected) {
    return exchange(name, POD, fault, expected);
  }

  static PlantedFault container(String name, Consumer<ObjectNode> fault, String expected) {
    return exchange(name, CONTAINER, fault, expected);
  }

  static void addEnv(ObjectNode container, String name, String value) {
    ((ArrayNode) container.path("env")).addObject().put("name", name).put("value", value);
  }

  static void setEnv(ObjectNode container, String name, String value) {
    ((ObjectNode) Manifest.named(container.path("env"), name).orElseThrow()).put("value", value);
  }

  static void removeEnv(ObjectNode container, String name) {
    ((ArrayNode) container.path("env"))
        .elements()
        .forEachRemaining(
            one -> {
              if (one.path("name").asText().equals(name)) {
                ((ObjectNode) one).put("name", "QUARKUS_LOG_LEVEL");
              }
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
