package dev.osmo.token.pat.rotate;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.problem.TokenProblem;
import java.time.Instant;
import java.util.Optional;

/**
 * The token's expiry after its rotation. It is unchanged unless requested. Only an administrator,
 * an owner who signed in interactively, or {@code renewable_until} set at creation, allows a later
 * one: a sidecar can renew itself, but a stolen token cannot renew itself indefinitely.
 */
final class RenewedExpiry {

  private RenewedExpiry() {}

  static Instant decide(RequestedExpiry expiry, RotationFacts facts, TokenPolicy policy) {
    TokenRow token = facts.token();
    Optional<Instant> chosen = expiry.chosen(token.asOf(), policy);
    if (chosen.isEmpty() || !chosen.get().isAfter(token.expiresAt())) {
      return chosen.orElse(token.expiresAt());
    }
    Instant limit = limit(facts);
    if (chosen.get().isAfter(limit)) {
      throw new Refusal(
              TokenProblem.EXCEEDS_LOGIN,
              "With this JWT the token cannot expire later than " + limit + ".")
          .toException();
    }
    return chosen.get();
  }

  private static Instant limit(RotationFacts facts) {
    TokenRow token = facts.token();
    Instant callerExpiry = facts.caller().login().latestExpiry();
    if (!facts.isOwnToken() || facts.caller().login().isInteractive()) {
      return callerExpiry;
    }
    Instant renewable = token.renewableUntil() == null ? token.expiresAt() : token.renewableUntil();
    return facts.isByItself() || renewable.isBefore(callerExpiry) ? renewable : callerExpiry;
  }
}
