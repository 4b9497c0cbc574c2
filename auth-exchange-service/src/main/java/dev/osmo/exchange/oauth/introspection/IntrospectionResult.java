package dev.osmo.exchange.oauth.introspection;

import dev.osmo.http.problem.DetailedProblem;

/** What introspection finds out about a presented text. */
sealed interface IntrospectionResult {

  record Active(ActiveToken token) implements IntrospectionResult {}

  /** Malformed, unknown, expired, revoked or not visible to the caller: all look the same. */
  record Inactive() implements IntrospectionResult {}

  /** The request is refused, and nothing is said about the token. */
  record NotAnswered(DetailedProblem problem) implements IntrospectionResult {}
}
