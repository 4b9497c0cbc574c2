package dev.osmo.exchange.exchange;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roles and the audience that the caller requests. Roles are only removed from those of the
 * access token, never added.
 *
 * @param roles the only roles requested; null for all
 * @param audience the audience that replaces the default; null for the default
 */
public record Downscope(@Nullable Set<String> roles, @Nullable String audience) {

  public static final Downscope NONE = new Downscope(null, null);

  public Downscope {
    roles = roles == null ? null : Set.copyOf(roles);
  }

  /** These roles without those that the caller does not request. */
  public List<String> applyTo(List<String> held) {
    Set<String> requested = roles;
    return requested == null ? held : held.stream().filter(requested::contains).toList();
  }
}
