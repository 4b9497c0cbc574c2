package dev.osmo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The test data that all modules share. */
final class Contracts {
  static final Path DOCS = Path.of("..", "src-docs");

  private Contracts() {}

  /**
   * The golden output {@code name} with its placeholders replaced.
   *
   * @param placeholders name, value, name, value …
   */
  static String golden(String name, String... placeholders) {
    String text = text(DOCS.resolve("contracts/cli").resolve(name + ".txt"));
    for (int i = 0; i < placeholders.length; i += 2) {
      text = text.replace("{" + placeholders[i] + "}", placeholders[i + 1]);
    }
    return text;
  }

  static JsonNode tokenVectors() {
    return json(text(DOCS.resolve("contracts/token-vectors.json")));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The version of the project. */
  static String projectVersion() {
    Matcher version = Pattern.compile("<version>(.+)</version>").matcher(text(Path.of("pom.xml")));
    return version.results().findFirst().orElseThrow().group(1);
  }

  /** The time of all files in an archive, as {@code tar --full-time --utc} writes it. */
  static String timeOfTheBuild() {
    return Pattern.compile("<project.build.outputTimestamp>(.+)T(.+)Z<")
        .matcher(text(Path.of("..", "pom.xml")))
        .results()
        .map(time -> time.group(1) + " " + time.group(2))
        .findFirst()
        .orElseThrow();
  }

  /** A published token that no server accepts. */
  static String token() {
    return tokenVectors().path("tokens").path(2).path("text").asText();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
