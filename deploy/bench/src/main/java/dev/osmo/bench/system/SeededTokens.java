package dev.osmo.bench.system;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Pepper;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills the database with users and their tokens. Most tokens are rows only, for the size of the
 * tables. Some are real, and their texts are returned.
 *
 * <p>As in a database that people have filled, the ids of tokens are random, and users who came one
 * after the other have different names. So the real tokens and their users are anywhere among the
 * others, in the tables and in the indexes.
 */
final class SeededTokens {

  private static final Argon2 ARGON2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ITERATIONS = 2;
  private static final int KIBIBYTES = 19_456;

  /** Of the length of a real one, with a salt and a digest of zeros. */
  private static final String NO_HASH =
      "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
          .formatted(KIBIBYTES, ITERATIONS, "A".repeat(22), "A".repeat(43));

  private static final String INSERT_REAL =
      "INSERT INTO pg_temp.made_real (n, lookup, phc) VALUES (?, ?, ?)";

  private final Connection superuser;
  private final Pepper pepper;
  private final int roles;

  /**
   * @param superuser a connection to the database
   * @param roles how many each user and each token has: {@code role-1}, {@code role-2} …
   */
  SeededTokens(Connection superuser, Pepper pepper, int roles) {
    this.superuser = superuser;
    this.pepper = pepper;
    this.roles = roles;
  }

  /**
   * Users alike.
   *
   * @param name letters; the users are {@code name1@example.com}, {@code name2@example.com} …
   * @param tokens how many they have in all: {@code t1}, {@code t2} … in turn
   * @param real how many tokens can be exchanged: {@code t1}, {@code t2} … of different users
   */
  record Crowd(String name, int users, int tokens, int real) {}

  private record Made(int n, PatText text, Lookup lookup, String phc) {}

  /** Inserts the rows and returns the texts of the real tokens, the first token's text first. */
  List<String> insert(Crowd crowd) throws SQLException {
    List<Made> made =
        IntStream.rangeClosed(1, crowd.real()).parallel().mapToObj(this::make).toList();
    superuser.setAutoCommit(false);
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE made_real (n int PRIMARY KEY, lookup bytea, phc text) ON COMMIT DROP");
      insert(made);
      statement.execute(rows(crowd));
      superuser.commit();
    } finally {
      superuser.setAutoCommit(true);
    }
    return made.stream().map(one -> one.text().text()).toList();
  }

  private Made make(int n) {
    PatText text = PatText.random(RANDOM);
    return new Made(
        n, text, pepper.lookupOf(text), ARGON2.hash(ITERATIONS, KIBIBYTES, 1, text.bytes()));
  }

  private void insert(List<Made> made) throws SQLException {
    try (PreparedStatement insert = superuser.prepareStatement(INSERT_REAL)) {
      for (Made one : made) {
        insert.setInt(1, one.n());
        insert.setBytes(2, one.lookup().bytes());
        insert.setString(3, one.phc());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Gives the first user of a crowd and all of that user's tokens the role of administrators. */
  void makeAdministrator(Crowd crowd) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          SET session_replication_role = replica;
          INSERT INTO osmo.role_assignment (user_id, role_name, assigned_by)
          VALUES ('%1$s1@example.com', 'osmo-admin', 'bench');
          INSERT INTO osmo.access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
          SELECT t.id, a.id, a.role_name, a.assigned_by, a.assigned_at
            FROM osmo.access_token t JOIN osmo.role_assignment a ON a.user_id = t.user_id
           WHERE t.user_id = '%1$s1@example.com' AND a.role_name = 'osmo-admin';
          RESET session_replication_role;
          """
              .formatted(crowd.name()));
    }
  }

  /**
   * Lets the planner know of the rows, and writes them to the disk, so that nothing is left to do
   * in the background.
   */
  void settle() throws SQLException {
    execute("VACUUM ANALYZE", "CHECKPOINT");
  }

  /**
   * While many rows are inserted, the server neither vacuums nor writes whole pages to its log.
   * {@link #careful} ends this.
   */
  void careless() throws SQLException {
    execute(
        "ALTER SYSTEM SET full_page_writes = off",
        "ALTER SYSTEM SET autovacuum = off",
        "ALTER SYSTEM SET max_wal_size = '8GB'",
        "ALTER SYSTEM SET checkpoint_timeout = '1h'",
        "SELECT pg_reload_conf()");
  }

  /** The server has the settings again with which it was started. */
  void careful() throws SQLException {
    execute(
        "ALTER SYSTEM RESET full_page_writes",
        "ALTER SYSTEM RESET autovacuum",
        "ALTER SYSTEM RESET max_wal_size",
        "ALTER SYSTEM RESET checkpoint_timeout",
        "SELECT pg_reload_conf()");
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * The triggers check rows that people write; here they would cost hours. The rows are inserted in
   * an order that spreads the real ones, and in which as many indexes as possible are filled from
   * one end to the other.
   */
  private String rows(Crowd crowd) {
    return """
      SET LOCAL search_path = osmo;
      SET LOCAL session_replication_role = replica;
      SET LOCAL synchronous_commit = off;
      SET LOCAL work_mem = '256MB';
      INSERT INTO role (name) SELECT 'role-' || r FROM generate_series(1, %4$d) r
          ON CONFLICT DO NOTHING;
      CREATE TEMP TABLE seeded ON COMMIT DROP AS
      SELECT n, 'pat_' || left(md5('%1$s' || n), 22) AS id,
             '%1$s' || (n %% %2$d + 1) || '@example.com' AS user_id
        FROM generate_series(1, %3$d) n;
      CREATE TEMP TABLE granted ON COMMIT DROP AS
      SELECT gen_random_uuid() AS id, '%1$s' || u || '@example.com' AS user_id,
             'role-' || r AS role_name, clock_timestamp() AS assigned_at
        FROM generate_series(1, %2$d) u, generate_series(1, %4$d) r
       ORDER BY md5(u::text), r;
      ANALYZE seeded;
      ANALYZE granted;
      INSERT INTO users (id, created_by)
      SELECT '%1$s' || u || '@example.com', 'bench'
        FROM generate_series(1, %2$d) u ORDER BY md5(u::text);
      INSERT INTO role_assignment (id, user_id, role_name, assigned_by, assigned_at)
      SELECT id, user_id, role_name, 'bench', assigned_at FROM granted;
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      SELECT id, user_id, 't' || n, now() + interval '30 days', 'bench'
        FROM seeded ORDER BY id;
      INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
      SELECT s.id, g.id, g.role_name, 'bench', g.assigned_at
        FROM seeded s JOIN granted g ON g.user_id = s.user_id ORDER BY s.id;
      INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc)
      SELECT s.id, coalesce(m.lookup, sha256(s.id::bytea)), '%5$s', coalesce(m.phc, '%6$s')
        FROM seeded s LEFT JOIN made_real m ON m.n = s.n ORDER BY s.id;
      """
        .formatted(crowd.name(), crowd.users(), crowd.tokens(), roles, pepper.id(), NO_HASH);
  }
}
