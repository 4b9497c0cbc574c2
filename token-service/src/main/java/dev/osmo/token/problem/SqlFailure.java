package dev.osmo.token.problem;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE and constraint of a PostgreSQL error, from the driver's exception or from the
 * Hibernate exception that replaces it.
 *
 * @param constraint empty if none was violated
 */
record SqlFailure(String state, String constraint) {

  /** The first among the causes. */
  static Optional<SqlFailure> in(Throwable failure) {
    return switch (failure) {
      case PgException e -> of(e.getSqlState(), e.getConstraint());
      case ConstraintViolationException e -> of(e.getSQLState(), e.getConstraintName());
      case SQLException e -> of(e.getSQLState(), "");
      case Throwable e when e.getCause() != null -> in(e.getCause());
      default -> Optional.empty();
    };
  }

  private static Optional<SqlFailure> of(@Nullable String state, @Nullable String constraint) {
    return Optional.ofNullable(state)
        .map(code -> new SqlFailure(code, constraint == null ? "" : constraint));
  }
}
