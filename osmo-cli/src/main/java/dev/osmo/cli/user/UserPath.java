package dev.osmo.cli.user;

import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerRequest;

/** The requests about users and their roles. */
final class UserPath {
  private UserPath() {}

  static ServerRequest all(String method) {
    return ServerRequest.of(method, "api", "auth", "user");
  }

  static ServerRequest one(String method, String id) {
    return ServerRequest.of(method, "api", "auth", "user", id);
  }

  /** Something done to a user, such as {@code disable}. */
  static ServerRequest side(String method, String id, String what) {
    return ServerRequest.of(method, "api", "auth", "user", id, what);
  }

  static ServerRequest grant(String id, String role) {
    return ServerRequest.of("POST", "api", "auth", "user", id, "roles")
        .withBody(Json.object().put("role_name", role));
  }

  static ServerRequest remove(String id, String role) {
    return ServerRequest.of("DELETE", "api", "auth", "user", id, "roles", role);
  }
}
