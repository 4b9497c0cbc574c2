package dev.osmo.token.openapi;

/**
 * A line of the table: an operation, its rule, and what a request for it needs.
 *
 * @param query with its question mark; empty for none
 * @param body empty for none; {@code %user}, {@code %role} and {@code %new} stand for the scene's
 */
record Route(Operation operation, Rule rule, String query, String body, boolean creates) {

  static Route of(String operation, Rule rule) {
    return new Route(Operation.of(operation), rule, "", "", false);
  }

  Route with(String newBody) {
    return new Route(operation, rule, query, newBody, creates);
  }

  Route asking(String newQuery) {
    return new Route(operation, rule, newQuery, body, creates);
  }

  /** Its token name is that of a new token. */
  Route creating() {
    return new Route(operation, rule, query, body, true);
  }
}
