package dev.osmo.exchange.oauth;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.StartRefused;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * The audiences and resources that a JWT may be issued for. Each JWT has exactly one target, so
 * that its receiver cannot use it at another one (RFC 8707, section 2.2).
 */
@Startup
@ApplicationScoped
public class AllowedTargets {

  private final String ours;
  private final Set<String> audiences;
  private final Set<String> resources;

  AllowedTargets(AuthExchangeConfig config) {
    this.ours = config.audience();
    this.audiences = config.audiences().orElse(Set.of());
    this.resources = config.resources().orElse(Set.of());
    resources.stream()
        .filter(resource -> !isResource(resource))
        .forEach(AllowedTargets::cannotStart);
  }

  /** The {@code aud} claim for this audience; empty when it is not configured. */
  Optional<String> audience(String name) {
    return name.equals(ours) || audiences.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** The {@code aud} claim for this resource; empty when it is not configured. */
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
        "auth-exchange.resources contains '%s', which is not an absolute URI without fragment."
            .formatted(resource));
  }
}
