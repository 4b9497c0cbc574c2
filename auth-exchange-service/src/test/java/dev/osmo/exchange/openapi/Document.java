package dev.osmo.exchange.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document. */
record Document(JsonNode root) {

  static final Path STORED =
      Path.of("..", "src-docs", "contracts", "openapi-auth-exchange-service.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As this service serves it. */
  static Document served(URI management) {
    return parse(
        RestAssured.given()
            .accept("application/json")
            .get("http://%s/q/openapi".formatted(management.getAuthority()))
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  static Document stored() {
    try {
      return parse(Files.readString(STORED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document parse(String json) {
    try {
      return new Document(JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<Operation> operations() {
    Set<Operation> operations = new TreeSet<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
    return operations;
  }

  JsonNode of(Operation operation) {
    return root.path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  /** The statuses that are documented for this operation. */
  Set<Integer> statuses(Operation operation) {
    Set<Integer> statuses = new TreeSet<>();
    of(operation)
        .path("responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return statuses;
  }

  /** The documented answer of this status; missing when there is none. */
  JsonNode answer(Operation operation, int status) {
    return resolved(of(operation).path("responses").path(String.valueOf(status)));
  }

  JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }

  String pretty() {
    return root.toPrettyString() + "\n";
  }
}
