package dev.osmo.exchange.oauth;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.StartRefused;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * For whom a JWT may be issued. One JWT is for one target: what one of them receives must be of no
 * use at another (RFC 8707, section 2.2).
 */
@Startup
@Singleton
public class Targets {

  private final String ours;
  private final Set<String> audiences;
  private final Set<String> resources;

  Targets(AuthExchangeConfig config) {
    this.ours = config.audience();
    this.audiences = config.audiences().orElse(Set.of());
    this.resources = config.resources().orElse(Set.of());
    resources.stream().filter(resource -> !isResource(resource)).forEach(Targets::cannotStart);
  }

  /** The {@code aud} for this audience, if it is one. */
  Optional<String> audience(String name) {
    return name.equals(ours) || audiences.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** The {@code aud} for the server at this address, if it is one. */
  Optional<String> resource(String address) {
    return resources.contains(address) ? Optional.of(address) : Optional.empty();
  }

  public boolean isOurs(String audience) {
    return audience.equals(ours);
  }

  private static boolean isResource(String address) {
    try {
      URI uri = new URI(address);
      return uri.isAbsolute() && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void cannotStart(String resource) {
    throw new StartRefused(
        "auth-exchange.resources holds '%s', which is not an absolute URI without fragment."
            .formatted(resource));
  }
}
