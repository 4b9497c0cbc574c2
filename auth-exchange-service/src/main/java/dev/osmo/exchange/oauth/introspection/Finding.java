package dev.osmo.exchange.oauth.introspection;

import dev.osmo.http.problem.DetailedProblem;

/** What is found out about a presented text. */
sealed interface Finding {

  record Active(ActiveToken token) implements Finding {}

  /** Malformed, unknown, dead, or none of the asker's business: nobody can tell which. */
  record Inactive() implements Finding {}

  record NoAnswer(DetailedProblem problem) implements Finding {}
}
