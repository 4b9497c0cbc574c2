package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.problem.ProblemType;

/** What introspection finds out about a presented text. */
sealed interface IntrospectionResult {

  record Active(ActiveToken token) implements IntrospectionResult {}

  /** Malformed, unknown, expired, revoked or not visible to the caller: all look the same. */
  record Inactive() implements IntrospectionResult {}

  /** The request is refused, and nothing is said about the token. */
  record NotAnswered(ProblemType problem) implements IntrospectionResult {}
}
