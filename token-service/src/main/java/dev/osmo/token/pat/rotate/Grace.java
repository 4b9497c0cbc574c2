package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.WrittenDuration;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.problem.TokenProblem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long the old secret shall live on; empty: as long as the operator's default says. */
record Grace(Optional<Duration> wanted) {

  /** A bare number counts hours. */
  static Grace parse(@Nullable String text) {
    return new Grace(
        Optional.ofNullable(text)
            .map(given -> given.matches("[0-9]{1,5}") ? given + "h" : given)
            .map(given -> WrittenDuration.parse("grace", given)));
  }

  Duration decide(TokenPolicy policy) {
    Duration grace = wanted.orElse(policy.defaultGrace());
    if (grace.compareTo(policy.maxGrace()) > 0) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The parameter grace can be at most " + policy.maxGrace().toHours() + " hours.")
          .toException();
    }
    return grace;
  }
}
