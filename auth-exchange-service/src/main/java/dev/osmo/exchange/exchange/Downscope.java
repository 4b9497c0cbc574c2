package dev.osmo.exchange.exchange;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller does not want in the JWT. It can take away, never add.
 *
 * @param roles the only roles wanted; null for all
 * @param audience for whom the JWT is instead of for us; null for us
 */
public record Downscope(@Nullable Set<String> roles, @Nullable String audience) {

  public static final Downscope NONE = new Downscope(null, null);

  public Downscope {
    roles = roles == null ? null : Set.copyOf(roles);
  }

  List<String> of(List<String> held) {
    Set<String> wanted = roles;
    return wanted == null ? held : held.stream().filter(wanted::contains).toList();
  }
}
