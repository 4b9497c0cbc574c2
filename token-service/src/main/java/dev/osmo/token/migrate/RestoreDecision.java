package dev.osmo.token.migrate;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about a database that was restored from a backup, in one transaction:
 * which credentials are revoked, which roles and users were removed since the backup, and that the
 * database is accepted.
 */
public final class RestoreDecision {

  private static final String EPOCH = "TOKEN_SERVICE_DATABASE_EPOCH";

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

  private RestoreDecision() {}

  /**
   * Runs {@code revoke-before TIME [FILE]} on the database that {@code env} names.
   *
   * @return the exit code: 0 when the database is accepted; 1 when it is unchanged, with the reason
   *     on {@code err}; 2 for arguments that are not valid
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
      out.println(decide(MigrationSettings.from(env), before, removals, epoch(env)));
      return 0;
    } catch (MigrationRefused refused) {
      err.println(refused.sentence());
      return 1;
    }
  }

  private static String decide(
      MigrationSettings settings, RevokeBefore before, List<LostRemoval> removals, int epoch)
      throws MigrationRefused {
    try (Connection connection = settings.dataSource().getConnection()) {
      DatabaseFacts.read(connection).requireMigrated();
      connection.setAutoCommit(false);
      Instant now = databaseTime(connection);
      before.requireNotAfter(now);
      connection.createStatement().execute(ACTOR);
      long roles = 0;
      long users = 0;
      for (LostRemoval removal : removals) {
        roles += removal.role() == null ? 0 : removed(connection, removal.user(), removal.role());
        users += removal.role() == null ? disabled(connection, removal.user()) : 0;
      }
      String accepted = accepted(connection, before.time(), epoch);
      connection.commit();
      return accepted + "\nRoles removed: %d. Users disabled: %d.".formatted(roles, users);
    } catch (SQLException e) {
      throw new MigrationRefused(
          "%s as %s: %s. Nothing was changed."
              .formatted(settings.printableUrl(), settings.username(), e.getMessage()));
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
