package dev.osmo.token.migrate;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about a database that was restored from a backup, in one transaction:
 * which credentials are revoked, which roles and users were removed since the backup, and that the
 * database is accepted. At an epoch at which it is accepted already, only credentials are revoked:
 * the removals would take away what was granted again since.
 */
public final class RestoreDecision {

  private static final String EPOCH = "TOKEN_SERVICE_DATABASE_EPOCH";

  /** The lock lets a second run at the same time wait for the first. */
  private static final String IS_ACCEPTED =
      """
      SELECT d.system_identifier = c.system_identifier AND d.epoch = ?
        FROM osmo.database_identity d, pg_control_system() c
         FOR UPDATE OF d
      """;

  private static final String NOT_APPLIED =
      "Warning: no line of the file was applied: the database was accepted at this epoch before, and what a line takes away may have been granted again since. To apply the file, raise the epoch in both services and run the command with it.";

  private static final String DATABASE_TIME = "SELECT clock_timestamp()";
  private static final String ACTOR = "SELECT set_config('osmo.actor', 'restore', true)";
  private static final String REMOVE_ROLE =
      """
      DELETE FROM osmo.role_assignment
       WHERE lower(user_id COLLATE "C") = lower(? COLLATE "C") AND role_name = ?
      """;
  private static final String DISABLE_USER =
      """
      UPDATE osmo.users SET disabled_at = clock_timestamp()
       WHERE lower(id COLLATE "C") = lower(? COLLATE "C") AND disabled_at IS NULL
      """;
  private static final String ACCEPT =
      "SELECT tokens, sessions, keys FROM osmo.accept_restored(?, ?)";

  /**
   * What the operator is told.
   *
   * @param warnings of lines of the file that changed nothing
   */
  private record Decided(String report, List<String> warnings) {}

  private RestoreDecision() {}

  /**
   * Runs {@code revoke-before TIME [FILE]} on the database that {@code env} names.
   *
   * @return the exit code: 0 when the database is accepted, also if lines of the file changed
   *     nothing, with a warning on {@code err}; 1 when it is unchanged, with the reason on {@code
   *     err}; 2 for arguments that are not valid
   */
  public static int run(
      List<String> arguments, Map<String, String> env, PrintStream out, PrintStream err) {
    RevokeBefore before;
    List<LostRemoval> removals;
    try {
      before = RevokeBefore.read(arguments);
      removals = LostRemoval.readAll(arguments.subList(1, arguments.size()));
    } catch (MigrationRefused invalid) {
      err.println(invalid.sentence());
      return 2;
    }
    try {
      Decided decided = decide(MigrationSettings.from(env), before, removals, epoch(env));
      out.println(decided.report());
      decided.warnings().forEach(err::println);
      return 0;
    } catch (MigrationRefused refused) {
      err.println(refused.sentence());
      return 1;
    }
  }

  private static Decided decide(
      MigrationSettings settings, RevokeBefore before, List<LostRemoval> removals, int epoch)
      throws MigrationRefused {
    try (Connection connection = settings.dataSource().getConnection()) {
      DatabaseFacts.read(connection).requireMigrated();
      connection.setAutoCommit(false);
      Instant now = databaseTime(connection);
      before.requireNotAfter(now);
      connection.createStatement().execute(ACTOR);
      Decided decided =
          isAccepted(connection, epoch)
              ? decideAgain(connection, before, removals, epoch)
              : decide(connection, before, removals, epoch);
      connection.commit();
      return decided;
    } catch (SQLException e) {
      throw new MigrationRefused(
          "%s as %s: %s. Nothing was changed."
              .formatted(settings.printableUrl(), settings.username(), e.getMessage()));
    }
  }

  /** Revoking again what is older than a time does no harm, and an operator may need it. */
  private static Decided decideAgain(
      Connection connection, RevokeBefore before, List<LostRemoval> removals, int epoch)
      throws SQLException {
    Decided decided = decide(connection, before, List.of(), epoch);
    return removals.isEmpty() ? decided : new Decided(decided.report(), List.of(NOT_APPLIED));
  }

  private static Decided decide(
      Connection connection, RevokeBefore before, List<LostRemoval> removals, int epoch)
      throws SQLException {
    long roles = 0;
    long users = 0;
    List<String> warnings = new ArrayList<>();
    for (LostRemoval removal : removals) {
      String role = removal.role();
      long changed =
          role == null
              ? disabled(connection, removal.user())
              : removed(connection, removal.user(), role);
      roles += role == null ? 0 : changed;
      users += role == null ? changed : 0;
      if (changed == 0) {
        warnings.add(removal.nothingChanged());
      }
    }
    String accepted = accepted(connection, before.time(), epoch);
    return new Decided(
        accepted + "\nRoles removed: %d. Users disabled: %d.".formatted(roles, users),
        List.copyOf(warnings));
  }

  private static boolean isAccepted(Connection connection, int epoch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_ACCEPTED)) {
      statement.setInt(1, epoch);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static Instant databaseTime(Connection connection) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(DATABASE_TIME)) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  private static int removed(Connection connection, String user, String role) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMOVE_ROLE)) {
      statement.setString(1, user);
      statement.setString(2, role);
      return statement.executeUpdate();
    }
  }

  private static int disabled(Connection connection, String user) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DISABLE_USER)) {
      statement.setString(1, user);
      return statement.executeUpdate();
    }
  }

  private static String accepted(Connection connection, @Nullable Instant before, int epoch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACCEPT)) {
      statement.setTimestamp(1, before == null ? null : Timestamp.from(before));
      statement.setInt(2, epoch);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return "The database is accepted at epoch %d.\nTokens revoked: %d. Sessions ended: %d. Signing keys revoked: %d."
            .formatted(epoch, row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  private static int epoch(Map<String, String> env) throws MigrationRefused {
    String value = env.getOrDefault(EPOCH, "0").strip();
    if (!value.matches("[0-9]{1,9}")) {
      throw new MigrationRefused(EPOCH + " must be a number, as in the services' configuration.");
    }
    return Integer.parseInt(value);
  }
}
