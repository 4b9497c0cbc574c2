package dev.osmo.cli.token.address;

import dev.osmo.cli.server.ServerRequest;
import java.util.Optional;

/**
 * Whose tokens a request is about: one's own, or another user's, which only an administrator may
 * touch.
 */
public final class TokenPath {
  private TokenPath() {}

  public static ServerRequest all(Optional<String> user) {
    return user.map(id -> ServerRequest.of("GET", "api", "auth", "user", id, "access_token"))
        .orElseGet(() -> ServerRequest.of("GET", "api", "auth", "access_token"));
  }

  /** Every user's. */
  public static ServerRequest everybodys() {
    return ServerRequest.of("GET", "api", "auth", "tokens");
  }

  public static ServerRequest one(String method, Optional<String> user, TokenName name) {
    return user.map(
            id -> ServerRequest.of(method, "api", "auth", "user", id, "access_token", name.text()))
        .orElseGet(() -> ServerRequest.of(method, "api", "auth", "access_token", name.text()));
  }

  /** What can be asked about a token or done to it, such as {@code roles} or {@code rotate}. */
  public static ServerRequest of(
      String method, Optional<String> user, TokenName name, String what) {
    return user.map(
            id ->
                ServerRequest.of(
                    method, "api", "auth", "user", id, "access_token", name.text(), what))
        .orElseGet(
            () -> ServerRequest.of(method, "api", "auth", "access_token", name.text(), what));
  }
}
