package dev.osmo.pat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The published token vectors that every implementation is held against. */
final class Vectors {

  private static final File FILE = new File("../../src-docs/contracts/token-vectors.json");

  private Vectors() {}

  static Stream<JsonNode> tokens() {
    return array("tokens");
  }

  static Stream<JsonNode> malformed() {
    return array("malformed");
  }

  static List<String> pepperFile() {
    return array("pepper_file").map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> array(String name) {
    try {
      return StreamSupport.stream(
          new ObjectMapper().readTree(FILE).required(name).spliterator(), false);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
