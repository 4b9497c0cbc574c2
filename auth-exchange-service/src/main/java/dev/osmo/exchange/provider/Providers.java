package dev.osmo.exchange.provider;

import dev.osmo.exchange.outgoing.OutgoingHttp;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.issuer.IdentityProvider;
import dev.osmo.http.issuer.IdentityProviders;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configured identity providers. Created at startup, so that an invalid file is reported there.
 */
@Startup
@ApplicationScoped
public class Providers {

  private final IdentityProviders settings;
  private final Map<String, Provider> byName;

  Providers(OutgoingHttp http, AuthExchangeConfig config) {
    this.settings = IdentityProviders.read(config.identityProvidersFile(), config.issuer());
    this.byName =
        settings.all().stream()
            .map(provider -> provider(provider, http))
            .collect(
                Collectors.toUnmodifiableMap(
                    provider -> provider.settings().name(), Function.identity()));
  }

  private static Provider provider(IdentityProvider settings, OutgoingHttp http) {
    Map<String, ClientSecret> secrets = new HashMap<>();
    for (String client : settings.clients().ids()) {
      settings
          .clients()
          .secretFile(client)
          .ifPresent(file -> secrets.put(client, ClientSecret.read(file)));
    }
    return new Provider(settings, secrets, http);
  }

  /** In the order of the file: the first one is the default. */
  public List<IdentityProvider> all() {
    return settings.all();
  }

  public Optional<Provider> first() {
    return settings.first().flatMap(this::client);
  }

  public Optional<Provider> named(String name) {
    return settings.named(name).flatMap(this::client);
  }

  /** The provider at which this system has this client id. */
  public Optional<Provider> ofClient(String clientId) {
    return settings.ofClient(clientId).flatMap(this::client);
  }

  /** The provider with exactly this {@code iss} claim. */
  public Optional<Provider> find(String issuer) {
    return settings.find(issuer).flatMap(this::client);
  }

  private Optional<Provider> client(IdentityProvider provider) {
    return Optional.ofNullable(byName.get(provider.name()));
  }
}
