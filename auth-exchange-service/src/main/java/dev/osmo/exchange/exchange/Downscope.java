package dev.osmo.exchange.exchange;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the caller wants in the JWT. Removes roles from those of the access token and never adds
 * one.
 *
 * @param roles the only roles wanted; null for all
 * @param audience the audience that replaces the default; null for the default
 */
public record Downscope(@Nullable Set<String> roles, @Nullable String audience) {

  public static final Downscope NONE = new Downscope(null, null);

  public Downscope {
    roles = roles == null ? null : Set.copyOf(roles);
  }

  List<String> applyTo(List<String> held) {
    Set<String> wanted = roles;
    return wanted == null ? held : held.stream().filter(wanted::contains).toList();
  }
}
