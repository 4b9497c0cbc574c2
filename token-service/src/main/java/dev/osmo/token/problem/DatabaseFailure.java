package dev.osmo.token.problem;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What the database's own words mean for the caller: a lost race, a jam, or a database that is
 * away.
 */
final class DatabaseFailure {

  private static final Refusal CONFLICT =
      new Refusal(
          ProblemType.CONFLICT, "Another change came first. Read the current state and try again.");
  private static final Refusal BUSY =
      new Refusal(ProblemType.BUSY, "Another change holds what this one needs. Try again.");
  private static final Refusal AWAY =
      new Refusal(
          ProblemType.DATABASE_UNAVAILABLE,
          "The database cannot be reached. Try again in a moment.");

  private static final Refusal UNSTORABLE =
      new Refusal(
          ProblemType.INVALID_FIELD, "The request holds a character that cannot be stored.");

  /**
   * Unique indexes that two requests at once can reach; each request alone is told by the rules
   * before.
   */
  private static final Map<String, Refusal> BY_CONSTRAINT =
      Map.of(
          "access_token_name_per_user",
          new Refusal(ProblemType.TOKEN_EXISTS, "An access token of that name exists already."),
          "users_id_ignoring_case",
          new Refusal(ProblemType.USER_EXISTS, "A user of that name exists already."));

  private DatabaseFailure() {}

  /** By what the database said, or by the first of the causes that means it is away. */
  static Optional<Refusal> refusal(Throwable failure) {
    return SqlFailure.in(failure)
        .map(DatabaseFailure::bySqlState)
        .orElseGet(() -> isAway(failure) ? Optional.of(AWAY) : Optional.empty());
  }

  /**
   * What may be logged of a failure in the database: its own message and detail can repeat what a
   * row holds, and the statement around it what was sent.
   */
  static Optional<String> loggable(Throwable failure) {
    return SqlFailure.in(failure)
        .map(sql -> "sqlstate=%s constraint=%s".formatted(sql.state(), sql.constraint()));
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || (failure.getCause() != null && isAway(failure.getCause()));
  }

  private static Optional<Refusal> bySqlState(SqlFailure sql) {
    return switch (sql.state()) {
      case "23505" -> Optional.of(BY_CONSTRAINT.getOrDefault(sql.constraint(), CONFLICT));
      case "23503" -> Optional.of(CONFLICT);
      case "22021" -> Optional.of(UNSTORABLE);
      case "40001", "40P01", "55P03", "57014" -> Optional.of(BUSY);
      case "53300", "57P01", "57P02", "57P03" -> Optional.of(AWAY);
      default -> Optional.empty();
    };
  }
}
