package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.DurationInput;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.problem.TokenProblem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long the old secret stays valid after a rotation; empty: the configured default. */
record RequestedGrace(Optional<Duration> duration) {

  /** A number without a unit counts hours. */
  static RequestedGrace parse(@Nullable String text) {
    return new RequestedGrace(
        Optional.ofNullable(text)
            .map(given -> given.matches("[0-9]{1,5}") ? given + "h" : given)
            .map(given -> DurationInput.parse("grace", given)));
  }

  Duration decide(TokenPolicy policy) {
    Duration grace = duration.orElse(policy.defaultGrace());
    if (grace.compareTo(policy.maxGrace()) > 0) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The parameter grace can be at most " + policy.maxGrace().toHours() + " hours.")
          .toException();
    }
    return grace;
  }
}
