package dev.osmo.exchange.problem;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.jwt.keys.NoSigningKey;
import dev.osmo.http.problem.FailureTranslator;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells callers when the database or the signing key is missing. */
@ApplicationScoped
class ExchangeFailures implements FailureTranslator {

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return switch (failure) {
      case DatabaseUnavailable ignored -> Optional.of(Refusal.of(HttpProblem.DATABASE_UNAVAILABLE));
      case NoSigningKey ignored -> Optional.of(Refusal.of(ExchangeProblem.NO_SIGNING_KEY));
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> loggable(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable
        ? Optional.of("no answer from the database: " + unavailable.reason())
        : Optional.empty();
  }
}
