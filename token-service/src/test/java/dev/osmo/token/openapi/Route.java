package dev.osmo.token.openapi;

import dev.osmo.testkit.openapi.Operation;

/**
 * A row of the table: an operation, its rule, and what a request for it needs.
 *
 * @param query with its question mark; empty for none
 * @param body empty for none; the scene replaces {@code %user}, {@code %administrator}, {@code
 *     %role}, {@code %token}, {@code %new} and {@code %id_token}
 * @param creates whether the token name in the path is that of a new token
 * @param before the last part of the path that must be called first; empty for none
 */
record Route(
    Operation operation, Rule rule, String query, String body, boolean creates, String before) {

  static Route of(String operation, Rule rule) {
    return new Route(Operation.of(operation), rule, "", "", false, "");
  }

  Route with(String newBody) {
    return new Route(operation, rule, query, newBody, creates, before);
  }

  Route asking(String newQuery) {
    return new Route(operation, rule, newQuery, body, creates, before);
  }

  Route creating() {
    return new Route(operation, rule, query, body, true, before);
  }

  Route after(String sister) {
    return new Route(operation, rule, query, body, creates, sister);
  }
}
