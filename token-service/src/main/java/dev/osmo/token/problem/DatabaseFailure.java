package dev.osmo.token.problem;

import dev.osmo.http.problem.FailureTranslator;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Translates what PostgreSQL and its driver report: a lost race, a lock timeout, or a database that
 * cannot be reached.
 */
@Singleton
class DatabaseFailure implements FailureTranslator {

  private static final Refusal CONFLICT =
      new Refusal(
          TokenProblem.CONFLICT,
          "Another request changed this first. Read the current state and try again.");
  private static final Refusal BUSY =
      new Refusal(HttpProblem.BUSY, "Another change is in progress. Try again.");
  private static final Refusal UNAVAILABLE = Refusal.of(HttpProblem.DATABASE_UNAVAILABLE);

  private static final Refusal UNSTORABLE =
      new Refusal(
          TokenProblem.INVALID_FIELD, "The request contains a character that cannot be stored.");

  /**
   * Unique indexes that concurrent requests can violate. For a single request, the rules report the
   * conflict first.
   */
  private static final Map<String, Refusal> BY_CONSTRAINT =
      Map.of(
          "access_token_name_per_user",
          new Refusal(TokenProblem.TOKEN_EXISTS, "An access token with this name already exists."),
          "users_id_ignoring_case",
          new Refusal(TokenProblem.USER_EXISTS, "A user with this name already exists."));

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return SqlFailure.in(failure)
        .map(DatabaseFailure::bySqlState)
        .orElseGet(() -> isUnavailable(failure) ? Optional.of(UNAVAILABLE) : Optional.empty());
  }

  @Override
  public Optional<String> loggable(Throwable failure) {
    return SqlFailure.in(failure)
        .map(sql -> "sqlstate=%s constraint=%s".formatted(sql.state(), sql.constraint()));
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || (failure.getCause() != null && isUnavailable(failure.getCause()));
  }

  private static Optional<Refusal> bySqlState(SqlFailure sql) {
    return switch (sql.state()) {
      case "23505" -> Optional.of(BY_CONSTRAINT.getOrDefault(sql.constraint(), CONFLICT));
      case "23503" -> Optional.of(CONFLICT);
      case "22021" -> Optional.of(UNSTORABLE);
      case "40001", "40P01", "55P03", "57014" -> Optional.of(BUSY);
      case "53300", "57P01", "57P02", "57P03" -> Optional.of(UNAVAILABLE);
      default -> Optional.empty();
    };
  }
}
