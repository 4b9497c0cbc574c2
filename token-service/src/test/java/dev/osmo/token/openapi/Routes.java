package dev.osmo.token.openapi;

import static dev.osmo.token.openapi.Rule.ADMINISTRATOR;
import static dev.osmo.token.openapi.Rule.ANY_LOGIN;
import static dev.osmo.token.openapi.Rule.ID_TOKEN;
import static dev.osmo.token.openapi.Rule.OWN;
import static dev.osmo.token.openapi.Rule.OWN_OR_ADMINISTRATOR;
import static dev.osmo.token.openapi.Rule.OWN_TOKEN;
import static dev.osmo.token.openapi.Rule.PUBLIC;

import dev.osmo.testkit.openapi.Operation;
import java.util.List;

/** Every route and its rule. If a route of the document is missing here, a test fails. */
final class Routes {

  static final List<Route> TABLE =
      List.of(
          Route.of("GET /api/auth/access_token", OWN),
          Route.of("GET /api/auth/access_token/{token_name}", OWN_TOKEN),
          Route.of("POST /api/auth/access_token/{token_name}", OWN)
              .asking("?description=made")
              .creating(),
          Route.of("DELETE /api/auth/access_token/{token_name}", OWN_TOKEN),
          Route.of("GET /api/auth/access_token/{token_name}/roles", OWN_TOKEN),
          Route.of("GET /api/auth/access_token/{token_name}/history", OWN_TOKEN),
          Route.of("POST /api/auth/access_token/{token_name}/rotate", OWN_TOKEN)
              .asking("?grace=1h"),
          Route.of("POST /api/auth/access_token/{token_name}/suspend", OWN_TOKEN),
          Route.of("POST /api/auth/access_token/{token_name}/resume", OWN_TOKEN).after("suspend"),
          Route.of("POST /api/auth/access_token/{token_name}/revoke", OWN_TOKEN),
          Route.of("GET /api/auth/user/{user_id}/access_token", OWN_OR_ADMINISTRATOR),
          Route.of("GET /api/auth/user/{user_id}/access_token/{token_name}", OWN_OR_ADMINISTRATOR),
          Route.of("POST /api/auth/user/{user_id}/access_token/{token_name}", OWN_OR_ADMINISTRATOR)
              .creating(),
          Route.of(
              "GET /api/auth/user/{user_id}/access_token/{token_name}/history",
              OWN_OR_ADMINISTRATOR),
          Route.of(
              "DELETE /api/auth/user/{user_id}/access_token/{token_name}", OWN_OR_ADMINISTRATOR),
          Route.of(
              "GET /api/auth/user/{user_id}/access_token/{token_name}/roles", OWN_OR_ADMINISTRATOR),
          Route.of(
              "POST /api/auth/user/{user_id}/access_token/{token_name}/rotate",
              OWN_OR_ADMINISTRATOR),
          Route.of(
              "POST /api/auth/user/{user_id}/access_token/{token_name}/suspend",
              OWN_OR_ADMINISTRATOR),
          Route.of(
                  "POST /api/auth/user/{user_id}/access_token/{token_name}/resume",
                  OWN_OR_ADMINISTRATOR)
              .after("suspend"),
          Route.of(
              "POST /api/auth/user/{user_id}/access_token/{token_name}/revoke",
              OWN_OR_ADMINISTRATOR),
          Route.of("POST /api/auth/leaked", PUBLIC).with("{\"tokens\":[\"nothing\",\"%token\"]}"),
          Route.of("POST /api/auth/session", ID_TOKEN)
              .with("{\"id_token\":\"%id_token\",\"client_id\":\"creates-client\"}"),
          Route.of("GET /api/auth/user", ADMINISTRATOR),
          Route.of("POST /api/auth/user", ADMINISTRATOR)
              .with("{\"id\":\"%new\",\"roles\":[\"%role\"]}"),
          Route.of("GET /api/auth/user/{user_id}", ADMINISTRATOR),
          Route.of("DELETE /api/auth/user/{user_id}", ADMINISTRATOR),
          Route.of("GET /api/auth/user/{user_id}/roles", ADMINISTRATOR),
          Route.of("POST /api/auth/user/{user_id}/roles", ADMINISTRATOR)
              .with("{\"role_name\":\"osmo-user\"}"),
          Route.of("DELETE /api/auth/user/{user_id}/roles/{role}", ADMINISTRATOR),
          Route.of("GET /api/auth/roles/{role}/users", ADMINISTRATOR),
          Route.of("POST /api/auth/roles/{role}/users", ADMINISTRATOR)
              .with("{\"user_ids\":[\"%administrator\",\"%user\",\"nobody@example.com\"]}"),
          Route.of("GET /api/configs/role", ADMINISTRATOR),
          Route.of("GET /api/configs/role/{name}", ADMINISTRATOR),
          Route.of("PUT /api/configs/role", ADMINISTRATOR)
              .with("{\"configs\":[{\"name\":\"%role\",\"description\":\"changed\"}]}"),
          Route.of("PUT /api/configs/role/{name}", ADMINISTRATOR)
              .with("{\"description\":\"changed\"}"),
          Route.of("DELETE /api/configs/role/{name}", ADMINISTRATOR),
          Route.of("GET /api/configs/policy", ANY_LOGIN),
          Route.of("GET /api/auth/tokens", ADMINISTRATOR).asking("?state=active&limit=5"),
          Route.of("GET /api/auth/audit", ADMINISTRATOR).asking("?limit=5"),
          Route.of("POST /api/auth/user/{user_id}/revoke_tokens", ADMINISTRATOR)
              .with("{\"reason\":\"left\"}"),
          Route.of("POST /api/auth/user/{user_id}/disable", ADMINISTRATOR),
          Route.of("POST /api/auth/user/{user_id}/enable", ADMINISTRATOR).after("disable"),
          Route.of("GET /api/auth/user/{user_id}/roles/{role}/removal", ADMINISTRATOR),
          Route.of("GET /api/auth/user/{user_id}/session", OWN_OR_ADMINISTRATOR),
          Route.of("DELETE /api/auth/user/{user_id}/session", OWN_OR_ADMINISTRATOR),
          Route.of("DELETE /api/auth/user/{user_id}/session/{session_id}", OWN_OR_ADMINISTRATOR),
          Route.of("GET /api/pool", ANY_LOGIN),
          Route.of("GET /api/pool_quota", ANY_LOGIN),
          Route.of("GET /api/profile/settings", OWN),
          Route.of("POST /api/profile/settings", OWN).with("{\"pool\":\"default\"}"),
          Route.of("GET /api/version", PUBLIC),
          Route.of("GET /client/version", PUBLIC));

  private Routes() {}

  static Route ruleFor(Operation operation) {
    return TABLE.stream()
        .filter(route -> route.operation().equals(operation))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(operation + " has no rule: add its line to Routes.TABLE"));
  }
}
