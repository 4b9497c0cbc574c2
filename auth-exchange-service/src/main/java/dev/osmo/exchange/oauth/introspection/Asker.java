package dev.osmo.exchange.oauth.introspection;

import java.util.List;

/**
 * Who asks about a token.
 *
 * @param roles those that the asker's credential still carries, read for this request
 */
record Asker(String userId, List<String> roles) {

  private static final String INSPECTOR = "osmo-introspect";

  Asker {
    roles = List.copyOf(roles);
  }

  /** One's own tokens, or everybody's for who was given the role for it. */
  boolean mayKnow(String owner) {
    return userId.equals(owner) || roles.contains(INSPECTOR);
  }
}
