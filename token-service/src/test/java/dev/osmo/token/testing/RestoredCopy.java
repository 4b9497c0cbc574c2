package dev.osmo.token.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A backup as pg_dump makes it, and its restoration into another server: the rows of every table,
 * written while triggers and foreign keys do not act, and the sequences.
 */
public final class RestoredCopy {

  private static final String TABLES =
      """
      SELECT quote_ident(tablename) FROM pg_tables
       WHERE schemaname = 'osmo' AND tablename <> 'flyway_schema_history'
      """;

  private static final String SEQUENCES =
      """
      SELECT format('SELECT setval(%L, %s)', quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value)
        FROM pg_sequences WHERE schemaname = 'osmo' AND last_value IS NOT NULL
      """;

  /** The rows of each table, in the text form of COPY. */
  private final Map<String, String> tables = new HashMap<>();

  private final List<String> sequences = new ArrayList<>();

  /** Reads everything in one snapshot. */
  public static RestoredCopy of(MigratedPostgres source) {
    RestoredCopy copy = new RestoredCopy();
    try (Connection connection = source.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
      copy.sequences.addAll(column(statement, SEQUENCES));
      for (String table : column(statement, TABLES)) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        manager(connection).copyOut("COPY " + table + " TO STDOUT", rows);
        copy.tables.put(table, rows.toString(StandardCharsets.UTF_8));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  /** Replaces all rows of the target, which has the same schema. */
  public void restoreInto(MigratedPostgres target) {
    try (Connection connection = target.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SET LOCAL session_replication_role = replica");
      statement.execute("TRUNCATE " + String.join(", ", column(statement, TABLES)));
      for (Map.Entry<String, String> table : tables.entrySet()) {
        manager(connection)
            .copyIn("COPY " + table.getKey() + " FROM STDIN", new StringReader(table.getValue()));
      }
      for (String sequence : sequences) {
        statement.execute(sequence);
      }
      statement.execute("COMMIT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static CopyManager manager(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
