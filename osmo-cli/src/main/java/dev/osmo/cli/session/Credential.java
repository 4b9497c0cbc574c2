package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;

/**
 * The context in use as other packages see it: with its JWT, without its access token.
 *
 * @param source its origin, for users
 */
public record Credential(String source, ServerUrl server, Jwt jwt) {
  static Credential of(String source, Context context) {
    return new Credential(source, context.url(), context.jwt());
  }
}
