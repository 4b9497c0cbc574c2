package dev.osmo.exchange.database;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import java.util.Objects;

/** The database did not answer a question, or not in time. Nothing may be concluded from it. */
public final class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String QUERY_CANCELED = "57014";
  private static final String STARTS_OR_ENDS = "57P";

  private final String reason;

  public DatabaseUnavailable(Throwable cause) {
    super("the database did not answer", cause);
    this.reason = reasonOf(cause);
  }

  /** Why, in the words of the database or of the connection to it. For logs and operators. */
  public String reason() {
    return reason;
  }

  /** Whether it was at work and not done in time, so that less work may be done in time. */
  public boolean tookTooLong() {
    return switch (getCause()) {
      case TimeoutException late -> true;
      case PgException answer -> QUERY_CANCELED.equals(answer.getSqlState());
      case null, default -> false;
    };
  }

  /**
   * Whether the same question may have an answer a little later: not when the database has answered
   * already, unless it said that it is just starting or ending (class 57P).
   */
  boolean mayPass() {
    return switch (getCause()) {
      case PgException answer ->
          Objects.requireNonNullElse(answer.getSqlState(), "").startsWith(STARTS_OR_ENDS);
      case null, default -> true;
    };
  }

  private static String reasonOf(Throwable cause) {
    return switch (cause) {
      case PgException answer ->
          "%s (%s)".formatted(answer.getErrorMessage(), answer.getSqlState());
      case TimeoutException late -> "no answer in time";
      default -> Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }
}
