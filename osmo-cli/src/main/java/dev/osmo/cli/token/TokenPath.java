package dev.osmo.cli.token;

import dev.osmo.cli.server.ServerRequest;
import java.util.Optional;

/**
 * Whose tokens a request is about: one's own, or another user's, which only an administrator may
 * touch.
 */
final class TokenPath {
  private TokenPath() {}

  static ServerRequest all(String method, Optional<String> user) {
    return user.map(id -> ServerRequest.of(method, "api", "auth", "user", id, "access_token"))
        .orElseGet(() -> ServerRequest.of(method, "api", "auth", "access_token"));
  }

  static ServerRequest one(String method, Optional<String> user, TokenName name) {
    return user.map(
            id -> ServerRequest.of(method, "api", "auth", "user", id, "access_token", name.text()))
        .orElseGet(() -> ServerRequest.of(method, "api", "auth", "access_token", name.text()));
  }

  static ServerRequest roles(TokenName name) {
    return ServerRequest.of("GET", "api", "auth", "access_token", name.text(), "roles");
  }
}
