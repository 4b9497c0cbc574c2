package dev.osmo.testkit.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The data that all implementations are tested against, in {@code src-docs/contracts}. */
public final class Contracts {

  private Contracts() {}

  public static Path file(String name) {
    return Repository.path("src-docs/contracts").resolve(name);
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(file(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The published token vectors. */
  public static JsonNode tokenVectors() {
    return json("token-vectors.json");
  }

  /** The lines of the pepper file that belongs to the token vectors. */
  public static List<String> pepperFile() {
    return StreamSupport.stream(tokenVectors().required("pepper_file").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
