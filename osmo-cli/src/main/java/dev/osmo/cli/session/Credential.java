package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;
import java.util.Optional;

/**
 * The context in use as other packages see it: with its JWT, without its secret.
 *
 * @param source its origin, for users
 * @param signIn how a person signed in; empty for an access token
 */
public record Credential(
    String source, ServerUrl server, Jwt jwt, Optional<ProviderSignIn> signIn) {
  static Credential of(String source, Context context) {
    return new Credential(source, context.url(), context.jwt(), context.grant().signIn());
  }
}
