package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.http.denial.Denial;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.http.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * No JWT is issued for the presented text.
 *
 * @param pat the stored token, for the log; null when the text matched none
 * @param denial the explanation for the caller that presented the exact secret; null without it
 */
public record Refused(RefusalReason reason, @Nullable StoredPat pat, @Nullable Denial denial)
    implements Validation, ExchangeOutcome {

  Refused(RefusalReason reason, @Nullable StoredPat pat) {
    this(reason, pat, null);
  }

  Refused with(Denial explanation) {
    return new Refused(reason, pat, explanation);
  }

  /** The refusal for the caller. */
  public Refusal refusal() {
    DetailedProblem problem = reason.problem();
    return new Refusal(problem, problem.detail(), denial);
  }
}
