package dev.osmo.token.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A statement that needs exactly one privilege and changes no row. PostgreSQL checks privileges
 * before it searches rows.
 */
record Attempt(String verb, String object, String column, String sql) {

  private static final String COLUMNS =
      """
      SELECT c.relname::text, a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'osmo'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      """;
  private static final String TABLES =
      "SELECT relname::text FROM pg_class WHERE relnamespace = 'osmo'::regnamespace AND relkind = 'r'";

  /** PostgreSQL refuses to write a column that is not updatable before it checks any right. */
  private static final String VIEW_COLUMNS =
      """
      SELECT c.table_name::text, c.column_name::text, c.is_updatable = 'YES'
        FROM information_schema.columns c JOIN information_schema.views v USING (table_schema, table_name)
       WHERE table_schema = 'osmo'
      """;

  private static final String SEQUENCES =
      "SELECT relname::text FROM pg_class WHERE relnamespace = 'osmo'::regnamespace AND relkind = 'S'";
  private static final String FUNCTIONS =
      """
      SELECT replace(oid::regprocedure::text, 'osmo.', ''),
             format('SELECT osmo.%I(%s)', proname,
                    (SELECT string_agg('NULL::' || t::regtype, ', ') FROM unnest(proargtypes) t))
        FROM pg_proc WHERE pronamespace = 'osmo'::regnamespace
      """;

  static List<Attempt> all(Session superuser) throws SQLException {
    List<Attempt> attempts = new ArrayList<>();
    for (Map<String, Object> row : superuser.rows(COLUMNS)) {
      onColumn(attempts, cell(row, 0), cell(row, 1));
    }
    for (String table : superuser.column(String.class, TABLES)) {
      onTable(attempts, table);
    }
    for (Map<String, Object> row : superuser.rows(VIEW_COLUMNS)) {
      onViewColumn(attempts, cell(row, 0), cell(row, 1), Boolean.parseBoolean(cell(row, 2)));
    }
    for (String sequence : superuser.column(String.class, SEQUENCES)) {
      onSequence(attempts, sequence);
    }
    for (Map<String, Object> row : superuser.rows(FUNCTIONS)) {
      attempts.add(new Attempt("EXECUTE", cell(row, 0), "", cell(row, 1)));
    }
    return attempts;
  }

  boolean isAllowed(String role, Set<Grant> allowed) {
    return grantsThatAllow(role).stream().anyMatch(allowed::contains);
  }

  List<Grant> grantsThatAllow(String role) {
    return column.isEmpty()
        ? List.of(new Grant(role, verb, object))
        : List.of(
            new Grant(role, verb, object + "." + column), new Grant(role, verb, object + ".*"));
  }

  void expect(Session session, boolean allowed) throws SQLException {
    if (allowed) {
      session.run(sql);
    } else {
      session.refuses(Session.PERMISSION_DENIED, sql);
    }
  }

  private static void onColumn(List<Attempt> attempts, String table, String column) {
    attempts.add(
        new Attempt(
            "SELECT", table, column, "SELECT %s FROM %s WHERE false".formatted(column, table)));
    attempts.add(
        new Attempt(
            "INSERT",
            table,
            column,
            "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT NULL WHERE false"
                .formatted(table, column)));
    attempts.add(
        new Attempt(
            "UPDATE",
            table,
            column,
            "UPDATE %s SET %s = DEFAULT WHERE false".formatted(table, column)));
  }

  private static void onViewColumn(
      List<Attempt> attempts, String view, String column, boolean updatable) {
    if (updatable) {
      onColumn(attempts, view, column);
      attempts.add(new Attempt("DELETE", view, "*", "DELETE FROM " + view + " WHERE false"));
    } else {
      attempts.add(
          new Attempt(
              "SELECT", view, column, "SELECT %s FROM %s WHERE false".formatted(column, view)));
    }
  }

  private static void onTable(List<Attempt> attempts, String table) {
    attempts.add(new Attempt("DELETE", table, "*", "DELETE FROM " + table + " WHERE false"));
    attempts.add(new Attempt("TRUNCATE", table, "*", "TRUNCATE " + table + " CASCADE"));
    attempts.add(new Attempt("MAINTAIN", table, "*", "REINDEX TABLE " + table));
    attempts.add(new Attempt("DROP", table, "*", "DROP TABLE " + table + " CASCADE"));
    attempts.add(new Attempt("ALTER", table, "*", "ALTER TABLE " + table + " DISABLE TRIGGER ALL"));
    attempts.add(
        new Attempt(
            "TRIGGER",
            table,
            "*",
            "CREATE TRIGGER mine BEFORE INSERT ON %s EXECUTE FUNCTION suppress_redundant_updates_trigger()"
                .formatted(table)));
    attempts.add(
        new Attempt(
            "REFERENCES",
            table,
            "*",
            "CREATE TABLE mine (LIKE %s INCLUDING ALL)".formatted(table)));
  }

  private static void onSequence(List<Attempt> attempts, String sequence) {
    String object = "sequence " + sequence;
    attempts.add(new Attempt("USAGE", object, "", "SELECT nextval('" + sequence + "')"));
    attempts.add(new Attempt("SELECT", object, "", "SELECT last_value FROM " + sequence));
    attempts.add(new Attempt("UPDATE", object, "", "SELECT setval('" + sequence + "', 1)"));
  }

  private static String cell(Map<String, Object> row, int index) {
    return String.valueOf(row.values().toArray()[index]);
  }
}
