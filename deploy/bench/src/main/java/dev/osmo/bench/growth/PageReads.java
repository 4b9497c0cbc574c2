package dev.osmo.bench.growth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Pages of tables and indexes that PostgreSQL looked at.
 *
 * @param lookups how many secrets were looked for: one for each exchange
 * @param all every look at a page
 * @param outside how many of them were not in the shared buffers
 */
public record PageReads(long lookups, long all, long outside) {

  /** Each process of PostgreSQL reports all of its counts together, so their ratios are right. */
  private static final String COUNT =
      """
      SELECT (SELECT idx_scan FROM pg_stat_user_indexes
               WHERE indexrelname = 'access_token_secret_lookup_once'),
             sum(coalesce(heap_blks_hit, 0) + coalesce(idx_blks_hit, 0)
               + coalesce(heap_blks_read, 0) + coalesce(idx_blks_read, 0)),
             sum(coalesce(heap_blks_read, 0) + coalesce(idx_blks_read, 0))
        FROM pg_statio_user_tables
      """;

  /** Since the database was created. */
  static PageReads count(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(COUNT)) {
      rows.next();
      return new PageReads(rows.getLong(1), rows.getLong(2), rows.getLong(3));
    }
  }

  PageReads since(PageReads before) {
    return new PageReads(lookups - before.lookups, all - before.all, outside - before.outside);
  }

  double allEach() {
    return (double) all / lookups;
  }

  double outsideEach() {
    return (double) outside / lookups;
  }
}
