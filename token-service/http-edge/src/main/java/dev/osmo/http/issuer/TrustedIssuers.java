package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trusted issuers by name and by {@code iss} claim. Both are unique. */
public record TrustedIssuers(List<TrustedIssuer> all) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  public TrustedIssuers {
    all = List.copyOf(all);
  }

  private record Content(List<TrustedIssuer> issuers) {

    @JsonCreator
    static Content of(@JsonProperty("issuers") @Nullable List<TrustedIssuer> issuers) {
      if (issuers == null || issuers.contains(null)) {
        throw new IllegalArgumentException("has no list of issuers");
      }
      return new Content(issuers);
    }
  }

  /**
   * Reads the file; without one, no issuer is trusted.
   *
   * @param ourIssuer the {@code iss} claim of our own JWTs, which are never workload tokens
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used
   */
  public static TrustedIssuers read(Optional<Path> path, String ourIssuer) {
    return path.map(file -> read(file, ourIssuer)).orElseGet(() -> new TrustedIssuers(List.of()));
  }

  private static TrustedIssuers read(Path path, String ourIssuer) {
    SecretFile file = new SecretFile("file of trusted issuers", path);
    try {
      List<TrustedIssuer> issuers =
          JSON.readValue(String.join("\n", file.lines()), Content.class).issuers();
      requireDifferent(issuers, ourIssuer);
      return new TrustedIssuers(issuers);
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

  private static void requireDifferent(List<TrustedIssuer> issuers, String ourIssuer) {
    Set<String> names = new HashSet<>();
    Set<String> claims = new HashSet<>(Set.of(ourIssuer));
    for (TrustedIssuer issuer : issuers) {
      if (!names.add(issuer.name())) {
        throw new IllegalArgumentException("has two issuers with the name " + issuer.name());
      }
      if (!claims.add(issuer.issuer())) {
        throw new IllegalArgumentException(
            "has two entries for the issuer "
                + issuer.issuer()
                + ", or it is the address of this system");
      }
    }
  }

  public Optional<TrustedIssuer> named(String name) {
    return all.stream().filter(issuer -> issuer.name().equals(name)).findFirst();
  }

  /** The issuer with exactly this {@code iss} claim. */
  public Optional<TrustedIssuer> find(String claim) {
    return all.stream().filter(issuer -> issuer.issuer().equals(claim)).findFirst();
  }
}
