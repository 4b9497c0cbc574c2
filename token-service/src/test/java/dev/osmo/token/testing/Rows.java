package dev.osmo.token.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All rows of all tables at one moment, to find out what a request changed. An open transaction
 * keeps the snapshot. Only tables that differ are read.
 */
public final class Rows {

  /** Without the counts of the tokens, which the service writes by itself. */
  private static final String TABLES =
      """
      SELECT table_name FROM information_schema.tables
       WHERE table_schema = 'osmo' AND table_type = 'BASE TABLE' AND NOT starts_with(table_name, 'token_count')
      """;

  private static final String SUM =
      "SELECT '%1$s ' || count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM osmo.%1$s t";
  private static final String ALL = "SELECT '%1$s ' || t::text FROM osmo.%1$s t";

  private final Connection then;

  private Rows(Connection then) {
    this.then = then;
  }

  public static Rows now() {
    try {
      Connection moment = Stage.current().postgres().connectAsSuperuser();
      moment.setAutoCommit(false);
      moment.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      read(moment, "SELECT 1");
      return new Rows(moment);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The rows that were added and removed since then. Call it only once. Records of denials are left
   * out: they are written after the response, so one of an earlier request may be among them.
   */
  public List<String> changes() {
    try (then) {
      List<String> tables = People.query(TABLES);
      String sums = statement(SUM, tables);
      Set<String> differing = new HashSet<>(People.query(sums));
      read(then, sums).forEach(differing::remove);
      List<String> names = differing.stream().map(sum -> sum.split(" ", 2)[0]).toList();
      return names.isEmpty() ? List.of() : differences(statement(ALL, names));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> differences(String rows) throws SQLException {
    Set<String> before = new HashSet<>(read(then, rows));
    Set<String> after = new HashSet<>(People.query(rows));
    return Stream.concat(
            after.stream().filter(row -> !before.contains(row)).map(row -> "+ " + row),
            before.stream().filter(row -> !after.contains(row)).map(row -> "- " + row))
        .filter(row -> !isRecordOfDenial(row))
        .toList();
  }

  private static boolean isRecordOfDenial(String change) {
    return change.startsWith("+ audit_event ") && change.contains(",access.denied,");
  }

  private static String statement(String ofTable, List<String> tables) {
    return tables.stream().map(ofTable::formatted).collect(Collectors.joining(" UNION ALL "));
  }

  private static List<String> read(Connection connection, String sql) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(sql);
        ResultSet rows = prepared.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
