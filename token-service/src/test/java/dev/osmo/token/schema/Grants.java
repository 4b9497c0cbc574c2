package dev.osmo.token.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The expected privileges from {@code grants.txt}, and the actual ones from the catalogue. */
final class Grants {

  /**
   * The effective privileges from any source: a grant, a membership, PUBLIC, ownership. They
   * include every object outside PostgreSQL's own schemas, so that no object is overlooked.
   */
  private static final String IN_THE_CATALOGUE =
      """
      WITH role (name) AS (VALUES ('osmo_token_service'), ('osmo_auth_exchange'), ('public')),
      place AS (
        SELECT oid, nspname FROM pg_namespace
         WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
      ), relation AS (
        SELECT c.oid, CASE nspname WHEN 'osmo' THEN '' ELSE nspname || '.' END || relname AS name, relkind
          FROM pg_class c JOIN place ON place.oid = relnamespace
         WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      ), on_table (verb) AS (
        VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER'), ('MAINTAIN')
      ), on_column (verb) AS (
        VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')
      ), whole AS (
        SELECT role.name AS role, verb, relation.oid, relation.name
          FROM role, relation, on_table
         WHERE relkind <> 'S' AND has_table_privilege(role.name, relation.oid, verb)
      )
      SELECT role, verb, name || '.*' FROM whole
      UNION ALL
      SELECT role.name, verb, relation.name || '.' || attname
        FROM role, on_column, relation JOIN pg_attribute a ON attrelid = relation.oid
       WHERE relkind <> 'S' AND attnum > 0 AND NOT attisdropped
         AND has_column_privilege(role.name, relation.oid, attnum, verb)
         AND NOT EXISTS (SELECT FROM whole w
                          WHERE w.role = role.name AND w.verb = on_column.verb AND w.oid = relation.oid)
      UNION ALL
      SELECT role.name, verb, 'sequence ' || relation.name
        FROM role, relation, (VALUES ('USAGE'), ('SELECT'), ('UPDATE')) AS on_sequence (verb)
       WHERE relkind = 'S' AND has_sequence_privilege(role.name, relation.oid, verb)
      UNION ALL
      SELECT role.name, 'EXECUTE', replace(p.oid::regprocedure::text, 'osmo.', '')
        FROM role, pg_proc p JOIN place ON place.oid = pronamespace
       WHERE has_function_privilege(role.name, p.oid, 'EXECUTE')
      UNION ALL
      SELECT role.name, verb, 'schema ' || nspname
        FROM role, place, (VALUES ('USAGE'), ('CREATE')) AS on_schema (verb)
       WHERE has_schema_privilege(role.name, place.oid, verb)
      UNION ALL
      SELECT role.name, verb, 'database ' || current_database()
        FROM role, (VALUES ('CONNECT'), ('CREATE'), ('TEMPORARY')) AS on_database (verb)
       WHERE has_database_privilege(role.name, current_database(), verb)
      """;

  private Grants() {}

  static NavigableSet<Grant> inTheCatalogue(Session session) throws SQLException {
    NavigableSet<Grant> grants = new TreeSet<>();
    for (var row : session.rows(IN_THE_CATALOGUE)) {
      String[] cells = row.values().stream().map(String::valueOf).toArray(String[]::new);
      grants.add(new Grant(cells[0], cells[1], cells[2]));
    }
    return grants;
  }

  static NavigableSet<Grant> thatMustBe() {
    NavigableSet<Grant> grants = new TreeSet<>();
    lines().map(line -> line.split("\\s+\\|\\s+")).forEach(cells -> add(grants, cells));
    return grants;
  }

  private static void add(NavigableSet<Grant> grants, String[] cells) {
    String role = cells[0].strip();
    String object = cells[1];
    String verb = cells[2];
    if (cells.length == 3) {
      grants.add(new Grant(role, verb, object));
      return;
    }
    Arrays.stream(cells[3].split(",\\s*"))
        .map(column -> new Grant(role, verb, object + "." + column.strip()))
        .forEach(grants::add);
  }

  private static Stream<String> lines() {
    try (InputStream file = Grants.class.getResourceAsStream("grants.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
