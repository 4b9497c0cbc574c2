package dev.osmo.local.gateway;

import java.util.List;

/** Which paths belong to which service. A path that is not listed is not forwarded. */
public final class RouteTable {
  /** Each path and everything below it. */
  static final List<String> TOKEN_SERVICE =
      List.of(
          "/api/auth/access_token",
          "/api/auth/user",
          "/api/auth/roles",
          "/api/auth/leaked",
          "/api/auth/tokens",
          "/api/auth/audit",
          "/api/configs",
          "/api/profile",
          "/api/version",
          "/client/version");

  /** Each path alone. */
  static final List<String> TOKEN_SERVICE_EXACT = List.of("/api/pool");

  static final List<String> AUTH_EXCHANGE =
      List.of("/api/auth/jwt", "/api/auth/keys", "/api/auth/login", "/oauth2", "/.well-known");

  /** {@code GET} only. */
  static final String LIST_WORKFLOWS = "/api/workflow";

  /** {@code POST} only. */
  static final String SUBMIT_WORKFLOW = "/api/pool/:pool/workflow";

  private RouteTable() {}
}
