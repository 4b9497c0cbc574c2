package dev.osmo.cli.admin.role;

import dev.osmo.cli.server.ServerRequest;

/** The requests about roles themselves. */
final class RolePath {
  private RolePath() {}

  static ServerRequest all() {
    return ServerRequest.of("GET", "api", "configs", "role");
  }

  static ServerRequest one(String method, String name) {
    return ServerRequest.of(method, "api", "configs", "role", name);
  }

  static ServerRequest holders(String name) {
    return ServerRequest.of("GET", "api", "auth", "roles", name, "users");
  }
}
