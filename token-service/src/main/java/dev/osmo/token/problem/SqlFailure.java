package dev.osmo.token.problem;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE and constraint of a PostgreSQL error, from the driver's exception or from the
 * Hibernate exception that replaces it.
 *
 * @param constraint empty if none was violated
 */
public record SqlFailure(String state, String constraint) {

  private static final Set<String> UNAVAILABLE =
      Set.of("08", "28", "53", "57P", "58", "25006", "25P03");
  private static final Set<String> REPEATABLE = Set.of("40001", "40P01");

  /** The first among the causes. */
  public static Optional<SqlFailure> in(Throwable failure) {
    return switch (failure) {
      case PgException e -> of(e.getSqlState(), e.getConstraint());
      case ConstraintViolationException e -> of(e.getSQLState(), e.getConstraintName());
      case SQLException e -> of(e.getSQLState(), "");
      case Throwable e when e.getCause() != null -> in(e.getCause());
      default -> Optional.empty();
    };
  }

  /**
   * Whether the database serves no request at the moment: it cannot be reached (class 08) or
   * refuses the login (28), has no resources left (53), starts or stops (57P), cannot read its
   * files (58), accepts no writes (25006), or has closed an idle transaction (25P03).
   */
  boolean isUnavailability() {
    return UNAVAILABLE.stream().anyMatch(state::startsWith);
  }

  /** Whether the transaction was rolled back because of another one and can be repeated. */
  public boolean isRepeatable() {
    return REPEATABLE.contains(state);
  }

  /** Whether a value of the statement can never be stored (class 22, or a check). */
  public boolean isOfTheValues() {
    return state.startsWith("22") || state.equals("23514");
  }

  private static Optional<SqlFailure> of(@Nullable String state, @Nullable String constraint) {
    return Optional.ofNullable(state)
        .map(code -> new SqlFailure(code, constraint == null ? "" : constraint));
  }
}
