package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.start.JsonFile;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity providers in the order of the file. Names, {@code iss} claims and client ids are
 * unique, so a client id decides the provider.
 */
public record IdentityProviders(List<IdentityProvider> all) {

  public IdentityProviders {
    all = List.copyOf(all);
  }

  private record Content(List<IdentityProvider> providers) {

    @JsonCreator
    static Content of(@JsonProperty("providers") @Nullable List<IdentityProvider> providers) {
      if (providers == null || providers.contains(null)) {
        throw new IllegalArgumentException("has no list of providers");
      }
      return new Content(providers);
    }
  }

  /**
   * Reads the file; without one, nobody can sign in through a provider.
   *
   * @param ourIssuer the {@code iss} claim of our own JWTs, which are never ID tokens of a provider
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used
   */
  public static IdentityProviders read(Optional<Path> path, String ourIssuer) {
    return path.map(file -> read(file, ourIssuer))
        .orElseGet(() -> new IdentityProviders(List.of()));
  }

  private static IdentityProviders read(Path path, String ourIssuer) {
    return new JsonFile(new SecretFile("file of identity providers", path))
        .read(Content.class, content -> different(content.providers(), ourIssuer));
  }

  private static IdentityProviders different(List<IdentityProvider> providers, String ourIssuer) {
    EntryCheck.requireDifferent(providers, IdentityProvider::name, ourIssuer);
    Set<String> clients = new HashSet<>();
    for (IdentityProvider provider : providers) {
      if (!provider.clients().ids().stream().allMatch(clients::add)) {
        throw new IllegalArgumentException(
            "has two providers with the same client id: "
                + String.join(" or ", provider.clients().ids()));
      }
    }
    return new IdentityProviders(providers);
  }

  /** The first provider of the file, which is the default; empty if there is none. */
  public Optional<IdentityProvider> first() {
    return all.stream().findFirst();
  }

  public Optional<IdentityProvider> named(String name) {
    return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /** The provider with exactly this {@code iss} claim. */
  public Optional<IdentityProvider> find(String claim) {
    return all.stream().filter(provider -> provider.issuer().equals(claim)).findFirst();
  }

  /** The provider at which this system has this client id. */
  public Optional<IdentityProvider> ofClient(String clientId) {
    return all.stream().filter(provider -> provider.clients().ids().contains(clientId)).findFirst();
  }
}
