package dev.osmo.http.issuer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.osmo.http.start.SecretFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A JSON file of issuers, in which an unknown or repeated field is an error. */
record IssuersFile(SecretFile file) {

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
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used
   */
  <C, T> T read(Class<C> content, Function<C, T> made) {
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

  /**
   * Requires different names and {@code iss} claims.
   *
   * @param ourIssuer the {@code iss} claim of our own JWTs, which no other issuer may have
   */
  static <T extends TokenIssuer> void requireDifferent(
      List<T> issuers, Function<T, String> name, String ourIssuer) {
    Set<String> names = new HashSet<>();
    Set<String> claims = new HashSet<>(Set.of(ourIssuer));
    for (T issuer : issuers) {
      if (!names.add(name.apply(issuer))) {
        throw new IllegalArgumentException("has two issuers with the name " + name.apply(issuer));
      }
      if (!claims.add(issuer.issuer())) {
        throw new IllegalArgumentException(
            "has two entries for the issuer "
                + issuer.issuer()
                + ", or it is the address of this system");
      }
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
