package dev.osmo.bench.growth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The size of a table and of all of its indexes, in bytes. */
public record TableSize(String table, long tableBytes, long indexBytes) {

  private static final String LARGEST_FIRST =
      """
      SELECT relname, pg_table_size(oid), pg_indexes_size(oid)
        FROM pg_class
       WHERE relnamespace = 'osmo'::regnamespace AND relkind = 'r'
       ORDER BY pg_total_relation_size(oid) DESC, relname
      """;

  static List<TableSize> all(Connection database) throws SQLException {
    List<TableSize> sizes = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(LARGEST_FIRST)) {
      while (rows.next()) {
        sizes.add(new TableSize(rows.getString(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    return sizes;
  }

  long bytes() {
    return tableBytes + indexBytes;
  }
}
