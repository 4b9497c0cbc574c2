package dev.osmo.token.problem;

import dev.osmo.http.problem.FailureTranslator;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.postgres.LeaseLost;
import dev.osmo.postgres.NoPrimary;
import dev.osmo.postgres.PoolExhausted;
import dev.osmo.token.connection.Outage;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Translates what PostgreSQL and its driver report: a lost race, a lock timeout, a full pool, or a
 * database that is unavailable.
 */
@Singleton
class DatabaseFailure implements FailureTranslator {

  private static final Refusal CONFLICT =
      new Refusal(
          TokenProblem.CONFLICT,
          "Another request changed this first. Read the current state and try again.");
  private static final Refusal BUSY =
      new Refusal(HttpProblem.BUSY, "Another change is in progress. Try again.");
  private static final Refusal FULL = Refusal.of(HttpProblem.BUSY);
  private static final Refusal UNAVAILABLE = Refusal.of(HttpProblem.DATABASE_UNAVAILABLE);

  private static final Refusal UNSTORABLE =
      new Refusal(
          TokenProblem.INVALID_FIELD, "The request contains a character that cannot be stored.");

  private static final Optional<String> NONE = Optional.empty();

  /** The driver's message for a statement on a connection that was lost before. */
  private static final String NOT_ACTIVE = "Connection is not active";

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

  private final Outage outage;

  DatabaseFailure(Outage outage) {
    this.outage = outage;
  }

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return unavailability(failure)
        .map(this::unavailable)
        .or(() -> SqlFailure.in(failure).flatMap(DatabaseFailure::bySqlState))
        .or(() -> isWaitForPool(failure) ? Optional.of(FULL) : Optional.empty());
  }

  /** An outage has a line of its own in the log. */
  @Override
  public Optional<String> loggable(Throwable failure) {
    return SqlFailure.in(failure)
        .filter(sql -> !sql.isUnavailability())
        .map(sql -> "sqlstate=%s constraint=%s".formatted(sql.state(), sql.constraint()));
  }

  private Refusal unavailable(String reason) {
    outage.noticed(reason);
    return UNAVAILABLE;
  }

  /** The reason; empty if the database is available. */
  private static Optional<String> unavailability(Throwable failure) {
    return SqlFailure.in(failure)
        .map(sql -> sql.isUnavailability() ? Optional.of("sqlstate=" + sql.state()) : NONE)
        .orElseGet(
            () -> first(failure, DatabaseFailure::isLostConnection).map(Throwable::toString));
  }

  private static boolean isLostConnection(Throwable failure) {
    return switch (failure) {
      case IOException unreachable -> true;
      case TimeoutException silent -> true;
      case io.smallrye.mutiny.TimeoutException late -> true;
      case LeaseLost uncommitted -> true;
      case NoPrimary unreachable -> true;
      case ClosedConnectionException closed -> true;
      case NoStackTraceThrowable closed -> true;
      case VertxException closed -> String.valueOf(closed.getMessage()).startsWith(NOT_ACTIVE);
      default -> false;
    };
  }

  private static boolean isWaitForPool(Throwable failure) {
    return first(
            failure,
            cause ->
                cause instanceof ConnectionPoolTooBusyException || cause instanceof PoolExhausted)
        .isPresent();
  }

  private static Optional<Throwable> first(Throwable failure, Predicate<Throwable> matching) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(matching)
        .findFirst();
  }

  private static Optional<Refusal> bySqlState(SqlFailure sql) {
    return switch (sql.state()) {
      case "23505" -> Optional.of(BY_CONSTRAINT.getOrDefault(sql.constraint(), CONFLICT));
      case "23503" -> Optional.of(CONFLICT);
      case "22021" -> Optional.of(UNSTORABLE);
      case "40001", "40P01", "55P03", "57014" -> Optional.of(BUSY);
      default -> Optional.empty();
    };
  }
}
