package dev.osmo.token.migrate;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * Applies pending migrations. All run in one transaction, concurrent runs take turns, and a second
 * run changes nothing.
 */
public final class Migration {

  /** Validation findings about migrations that are pending and not wrong. */
  private static final Set<CoreErrorCode> PENDING =
      EnumSet.of(
          CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED,
          CoreErrorCode.RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED,
          CoreErrorCode.OUTDATED_REPEATABLE_MIGRATION);

  /** While a migration waits for a table, everybody else who uses the table waits behind it. */
  private static final String LONGEST_WAIT = "SET lock_timeout = '5s'";

  /** Nobody was granted the table in time, or two waited for each other. */
  private static final Set<String> LOCKED_OUT = Set.of("55P03", "40P01");

  private Migration() {}

  /**
   * Migrates the database that {@code env} names.
   *
   * @return the exit code: 0 when the schema is at {@link SchemaVersion#REQUIRED}; 1 when it is
   *     unchanged, with the reason on {@code err}
   */
  public static int run(Map<String, String> env, PrintStream out, PrintStream err) {
    try {
      out.println(migrate(MigrationSettings.from(env)));
      return 0;
    } catch (MigrationRefused refused) {
      err.println(refused.sentence());
      return 1;
    }
  }

  private static String migrate(MigrationSettings settings) throws MigrationRefused {
    DataSource database = settings.dataSource();
    facts(database, settings).requireKnownVersion();
    return migrate(flyway(database));
  }

  private static DatabaseFacts facts(DataSource database, MigrationSettings settings)
      throws MigrationRefused {
    try (Connection connection = database.getConnection()) {
      return DatabaseFacts.read(connection);
    } catch (SQLException e) {
      throw new MigrationRefused(
          "Cannot connect to %s as %s: %s"
              .formatted(settings.printableUrl(), settings.username(), firstLine(e)));
    }
  }

  /**
   * One transaction for all, because a view may use what only the grants allow, which are the last
   * migration. Between two transactions, the running services of the previous release would fail.
   */
  private static Flyway flyway(DataSource database) {
    return Flyway.configure(Migration.class.getClassLoader())
        .loggers(QuietLog.class.getName())
        .dataSource(database)
        .defaultSchema("osmo")
        .createSchemas(true)
        .group(true)
        .initSql(LONGEST_WAIT)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .outOfOrder(false)
        .validateOnMigrate(true)
        .validateMigrationNaming(true)
        .baselineOnMigrate(false)
        .cleanDisabled(true)
        .load();
  }

  private static String migrate(Flyway flyway) throws MigrationRefused {
    try {
      return progress(flyway.migrate());
    } catch (FlywayValidateException e) {
      throw new MigrationRefused(
          "The migrations applied to schema osmo are not the ones of this program (%s). Restore them and put the change into a new migration."
              .formatted(mismatches(flyway)));
    } catch (FlywayException e) {
      if (isLockedOut(e)) {
        throw new MigrationRefused(
            "Another session uses a table that the migration changes, for example a backup. Nothing was changed. Run the migration again when that session has ended.");
      }
      throw new MigrationRefused("The migration failed and was rolled back: " + firstLine(e));
    }
  }

  private static boolean isLockedOut(Throwable failure) {
    return (failure instanceof SQLException e
            && e.getSQLState() != null
            && LOCKED_OUT.contains(e.getSQLState()))
        || (failure.getCause() != null && isLockedOut(failure.getCause()));
  }

  private static String progress(MigrateResult result) {
    List<MigrateOutput> applied = result.getSuccessfulMigrations();
    long versioned =
        applied.stream().filter(one -> one.version != null && !one.version.isEmpty()).count();
    boolean onlyGrants = versioned == 0 && !applied.isEmpty();
    return "Schema osmo is at version %d (%d migrations applied now%s)"
        .formatted(SchemaVersion.REQUIRED, versioned, onlyGrants ? ", grants renewed" : "");
  }

  private static String mismatches(Flyway flyway) {
    return flyway.validateWithResult().invalidMigrations.stream()
        .filter(one -> !PENDING.contains(errorOf(one)))
        .map(one -> "version " + one.version + " " + one.description)
        .collect(Collectors.joining(", "));
  }

  private static ErrorCode errorOf(ValidateOutput one) {
    return one.errorDetails.errorCode;
  }

  /** The first line of the deepest cause: PostgreSQL's message without Flyway's report. */
  private static String firstLine(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
