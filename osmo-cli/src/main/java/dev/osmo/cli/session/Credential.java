package dev.osmo.cli.session;

import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.token.Jwt;

/**
 * The login in use as other rooms may see it: with its JWT, without its token.
 *
 * @param source where it comes from, in words for a person
 */
public record Credential(String source, ServerUrl server, Jwt jwt) {
  static Credential of(String source, Login login) {
    return new Credential(source, login.url(), login.jwt());
  }
}
