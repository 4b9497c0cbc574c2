package dev.osmo.http.start;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Function;

/** A JSON file of an operator, in which an unknown or repeated field is an error. */
public record JsonFile(SecretFile file) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  /**
   * Reads the content and makes what it describes.
   *
   * @throws StartRefused if the file cannot be used
   */
  public <C, T> T read(Class<C> content, Function<C, T> made) {
    try {
      return made.apply(JSON.readValue(String.join("\n", file.lines()), content));
    } catch (JsonMappingException invalid) {
      throw file.refused(flaw(invalid));
    } catch (JsonProcessingException malformed) {
      throw file.refused("is not valid JSON");
    } catch (IllegalArgumentException flaw) {
      throw file.refused(String.valueOf(flaw.getMessage()));
    }
  }

  private static String flaw(JsonMappingException invalid) {
    return switch (invalid) {
      case UnrecognizedPropertyException unknown ->
          "has the unknown field " + unknown.getPropertyName();
      default ->
          invalid.getCause() instanceof IllegalArgumentException flaw
              ? String.valueOf(flaw.getMessage())
              : "does not have the documented form";
    };
  }
}
