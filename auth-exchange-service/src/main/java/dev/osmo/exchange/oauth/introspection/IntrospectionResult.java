package dev.osmo.exchange.oauth.introspection;

import dev.osmo.http.problem.DetailedProblem;

/** The result of introspecting a presented text. */
sealed interface IntrospectionResult {

  record Active(ActiveToken token) implements IntrospectionResult {}

  /** Malformed, unknown, expired, revoked or not visible to the caller: all look the same. */
  record Inactive() implements IntrospectionResult {}

  /** The request is refused. The response contains nothing about the token. */
  record RefusedRequest(DetailedProblem problem) implements IntrospectionResult {}
}
