package dev.osmo.testkit.openapi;

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

/** An OpenAPI document. */
public record Document(JsonNode root) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The document that a running service serves.
   *
   * @param management the address of its management port
   */
  public static Document served(URI management) {
    return parse(
        RestAssured.given()
            .accept("application/json")
            .get(management.resolve("/q/openapi"))
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  public static Document stored(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Document parse(String json) {
    try {
      return new Document(JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All operations, sorted. */
  public Set<Operation> operations() {
    Set<Operation> operations = new TreeSet<>();
    root.path("paths").properties().forEach(path -> addOperations(operations, path.getKey()));
    return operations;
  }

  private void addOperations(Set<Operation> operations, String path) {
    root.path("paths")
        .path(path)
        .fieldNames()
        .forEachRemaining(
            method -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path)));
  }

  public JsonNode of(Operation operation) {
    return root.path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  /** The statuses that are documented for the operation. */
  public Set<Integer> statuses(Operation operation) {
    Set<Integer> statuses = new TreeSet<>();
    of(operation)
        .path("responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return statuses;
  }

  /** The documented response with this status; a missing node if there is none. */
  public JsonNode response(Operation operation, int status) {
    return resolved(of(operation).path("responses").path(String.valueOf(status)));
  }

  /** The node that a reference points to; the node itself if it is not a reference. */
  public JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }

  /** The text as it is stored. */
  public String pretty() {
    return root.toPrettyString() + "\n";
  }
}
