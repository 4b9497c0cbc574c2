package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.start.JsonFile;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trusted issuers by name and by {@code iss} claim. Both are unique. */
public record TrustedIssuers(List<TrustedIssuer> all) {

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
    return new JsonFile(new SecretFile("file of trusted issuers", path))
        .read(Content.class, content -> different(content.issuers(), ourIssuer));
  }

  private static TrustedIssuers different(List<TrustedIssuer> issuers, String ourIssuer) {
    EntryCheck.requireDifferent(issuers, TrustedIssuer::name, ourIssuer);
    return new TrustedIssuers(issuers);
  }

  public Optional<TrustedIssuer> named(String name) {
    return all.stream().filter(issuer -> issuer.name().equals(name)).findFirst();
  }

  /** The issuer with exactly this {@code iss} claim. */
  public Optional<TrustedIssuer> find(String claim) {
    return all.stream().filter(issuer -> issuer.issuer().equals(claim)).findFirst();
  }
}
