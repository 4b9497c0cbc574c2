package dev.osmo.exchange.problem;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.database.TooManyReads;
import dev.osmo.exchange.jwt.keys.NoSigningKey;
import dev.osmo.http.problem.FailureTranslator;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Translates an unavailable database and a missing signing key. */
@ApplicationScoped
class ExchangeFailures implements FailureTranslator {

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return switch (failure) {
      case DatabaseUnavailable ignored -> Optional.of(Refusal.of(HttpProblem.DATABASE_UNAVAILABLE));
      case TooManyReads ignored -> Optional.of(Refusal.of(HttpProblem.BUSY));
      case NoSigningKey ignored -> Optional.of(Refusal.of(ExchangeProblem.NO_SIGNING_KEY));
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<String> loggable(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable
        ? Optional.of("the database is unavailable: " + unavailable.reason())
        : Optional.empty();
  }
}
