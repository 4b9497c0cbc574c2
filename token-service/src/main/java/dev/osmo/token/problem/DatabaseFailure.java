package dev.osmo.token.problem;

import io.vertx.pgclient.PgException;
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

  /** By the first of its causes that means something here. */
  static Optional<Refusal> refusal(Throwable failure) {
    Optional<Refusal> meaning = meaning(failure);
    Throwable cause = failure.getCause();
    return meaning.isPresent() || cause == null ? meaning : refusal(cause);
  }

  private static Optional<Refusal> meaning(Throwable cause) {
    return switch (cause) {
      case PgException e -> bySqlState(e);
      case IOException e -> Optional.of(AWAY);
      case TimeoutException e -> Optional.of(AWAY);
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> bySqlState(PgException e) {
    String state = e.getSqlState() == null ? "" : e.getSqlState();
    return switch (state) {
      case "23505" ->
          Optional.of(BY_CONSTRAINT.getOrDefault(String.valueOf(e.getConstraint()), CONFLICT));
      case "23503" -> Optional.of(CONFLICT);
      case "40001", "40P01", "55P03", "57014" -> Optional.of(BUSY);
      case "53300", "57P01", "57P02", "57P03" -> Optional.of(AWAY);
      default -> Optional.empty();
    };
  }
}
