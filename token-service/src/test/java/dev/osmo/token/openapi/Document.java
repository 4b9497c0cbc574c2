package dev.osmo.token.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The OpenAPI document. */
record Document(JsonNode root) {

  static final Path STORED = Path.of("..", "src-docs", "contracts", "openapi-token-service.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As this service serves it. */
  static Document served(URI management) {
    return parse(
        RestAssured.given()
            .accept("application/json")
            .get(management.resolve("/q/openapi"))
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  static Document stored() throws IOException {
    return parse(Files.readString(STORED));
  }

  static Document parse(String json) {
    try {
      return new Document(JSON.readTree(json));
    } catch (IOException e) {
      throw new IllegalStateException("this is no JSON: " + json, e);
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                new Operation(
                                    method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
    return operations;
  }

  JsonNode of(Operation operation) {
    return root.path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(java.util.Locale.ROOT));
  }

  /** The documented answer of this status; missing when there is none. */
  JsonNode answer(Operation operation, int status) {
    JsonNode answer = of(operation).path("responses").path(String.valueOf(status));
    String ref = answer.path("$ref").asText("");
    return ref.isEmpty() ? answer : root.at(ref.substring(1));
  }

  String pretty() {
    return root.toPrettyString() + "\n";
  }
}
