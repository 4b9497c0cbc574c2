package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.problem.TokenProblem;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a token after its rotation. Unless asked, it stays. It moves later only by an
 * administrator, or up to what was allowed at the creation: a sidecar can renew itself, and a thief
 * cannot for ever.
 */
final class RenewedExpiry {

  private RenewedExpiry() {}

  static Instant decide(RequestedExpiry wanted, RotationFacts facts, TokenPolicy policy) {
    TokenRow token = facts.token();
    Optional<Instant> chosen = wanted.chosen(token.asOf(), policy);
    if (chosen.isEmpty() || !chosen.get().isAfter(token.expiresAt())) {
      return chosen.orElse(token.expiresAt());
    }
    Instant limit = limit(facts);
    if (chosen.get().isAfter(limit)) {
      throw new Refusal(
              TokenProblem.EXCEEDS_LOGIN,
              "By this login the token cannot live longer than until " + limit + ".")
          .toException();
    }
    return chosen.get();
  }

  private static Instant limit(RotationFacts facts) {
    TokenRow token = facts.token();
    Instant loginsEnd = facts.caller().pat().expiresAt();
    if (!facts.isForOneself()) {
      return loginsEnd;
    }
    Instant renewable = token.renewableUntil() == null ? token.expiresAt() : token.renewableUntil();
    return facts.isByItself() || renewable.isBefore(loginsEnd) ? renewable : loginsEnd;
  }
}
