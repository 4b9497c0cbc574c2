package dev.osmo.exchange.database;

import dev.osmo.postgres.NoPrimary;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Objects;

/** The database did not respond, or not in time. The result of the statement is unknown. */
public final class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String QUERY_CANCELED = "57014";
  private static final String STARTING_OR_STOPPING = "57P";

  /** What a standby answers to a write, and {@code require_primary} to a decision. */
  private static final String STANDBY = "25006";

  private final String reason;

  public DatabaseUnavailable(Throwable cause) {
    super("the database did not respond", cause);
    this.reason = reasonOf(cause);
  }

  /** The reason, as the database or the connection reports it. For logs and operators. */
  public String reason() {
    return reason;
  }

  /** What it means for a start that is refused. */
  String sentence() {
    return switch (getCause()) {
      case PgException error -> "The database refuses this service: %s.".formatted(reason);
      case IOException unreachable -> "The database cannot be reached: %s.".formatted(reason);
      case VertxException unreachable -> "The database cannot be reached: %s.".formatted(reason);
      case NoPrimary standbys -> "The database cannot be reached: %s.".formatted(reason);
      case null, default -> "The database does not respond: %s.".formatted(reason);
    };
  }

  /** Whether the statement timed out, so that a smaller one may succeed. */
  public boolean tookTooLong() {
    return switch (getCause()) {
      case TimeoutException late -> true;
      case PgException error -> QUERY_CANCELED.equals(error.getSqlState());
      case null, default -> false;
    };
  }

  /**
   * Whether the same statement may succeed a little later. False if the database returned an error,
   * except that it is starting or shutting down (class 57P), or that it is a standby, which may be
   * promoted.
   */
  boolean isTransient() {
    return switch (getCause()) {
      case PgException error -> isTransient(Objects.requireNonNullElse(error.getSqlState(), ""));
      case null, default -> true;
    };
  }

  private static boolean isTransient(String sqlState) {
    return sqlState.startsWith(STARTING_OR_STOPPING) || sqlState.equals(STANDBY);
  }

  private static String reasonOf(Throwable cause) {
    return switch (cause) {
      case PgException error -> "%s (%s)".formatted(error.getErrorMessage(), error.getSqlState());
      case TimeoutException late -> "no response in time";
      default -> Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }
}
