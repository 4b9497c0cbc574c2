package dev.osmo.exchange.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The contracts that the modules share as data. */
public final class Vectors {

  private static final Path CONTRACTS = Path.of("../src-docs/contracts");

  private Vectors() {}

  public static JsonNode contract(String file) {
    try {
      return new ObjectMapper().readTree(CONTRACTS.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode tokens() {
    return contract("token-vectors.json");
  }

  /** The pepper file of the vectors. */
  public static List<String> pepperFile() {
    return StreamSupport.stream(tokens().get("pepper_file").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
