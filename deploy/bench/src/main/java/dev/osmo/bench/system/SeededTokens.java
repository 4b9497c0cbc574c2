package dev.osmo.bench.system;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Pepper;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the database with users and their tokens. Most tokens are rows only, for the size of the
 * tables. Some are real, and their texts are returned.
 */
public final class SeededTokens {

  private static final Argon2 ARGON2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ITERATIONS = 2;
  private static final int KIBIBYTES = 19_456;

  private static final String MAKE_REAL =
      "UPDATE osmo.access_token_secret SET lookup = ?, phc = ? WHERE token_id = ?";

  private final Connection superuser;
  private final Pepper pepper;

  /**
   * @param superuser a connection to the database
   */
  SeededTokens(Connection superuser, Pepper pepper) {
    this.superuser = superuser;
    this.pepper = pepper;
  }

  /**
   * Users alike.
   *
   * @param name letters; the users are {@code name1@example.com}, {@code name2@example.com} …
   * @param tokens how many they have in all: {@code t1}, {@code t2} … in turn
   * @param roles how many roles each user and each token has: {@code role-1}, {@code role-2} …
   * @param real how many tokens can be exchanged
   */
  record Crowd(String name, int users, int tokens, int roles, int real) {}

  /** Inserts the rows and returns the texts of the real tokens, which are the first ones. */
  List<String> insert(Crowd crowd) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute("SET search_path = osmo");
      statement.execute(rows(crowd));
    }
    List<String> texts = new ArrayList<>();
    try (PreparedStatement update = superuser.prepareStatement(MAKE_REAL)) {
      for (int n = 1; n <= crowd.real(); n++) {
        PatText text = PatText.random(RANDOM);
        update.setBytes(1, pepper.lookupOf(text).bytes());
        update.setString(2, ARGON2.hash(ITERATIONS, KIBIBYTES, 1, text.bytes()));
        update.setString(
            3, "pat_" + "0".repeat(22 - (crowd.name() + n).length()) + crowd.name() + n);
        update.executeUpdate();
        texts.add(text.text());
      }
    }
    return texts;
  }

  /** Gives the first user of a crowd and all of that user's tokens the role of administrators. */
  void makeAdministrator(Crowd crowd) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          SET session_replication_role = replica;
          INSERT INTO role_assignment (user_id, role_name, assigned_by)
          VALUES ('%1$s1@example.com', 'osmo-admin', 'bench');
          INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
          SELECT t.id, a.id, a.role_name, a.assigned_by, a.assigned_at
            FROM access_token t JOIN role_assignment a ON a.user_id = t.user_id
           WHERE t.user_id = '%1$s1@example.com' AND a.role_name = 'osmo-admin';
          RESET session_replication_role;
          """
              .formatted(crowd.name()));
    }
  }

  /** Lets the planner know of the rows. */
  void analyze() throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
  }

  /** The triggers check rows that people write; here they would cost hours. */
  private String rows(Crowd crowd) {
    return """
      SET session_replication_role = replica;
      INSERT INTO role (name) SELECT 'role-' || r FROM generate_series(1, %4$d) r
          ON CONFLICT DO NOTHING;
      INSERT INTO users (id, created_by)
      SELECT '%1$s' || n || '@example.com', 'bench-%1$s' FROM generate_series(1, %2$d) n;
      INSERT INTO role_assignment (user_id, role_name, assigned_by)
      SELECT u.id, 'role-' || r, 'bench' FROM users u, generate_series(1, %4$d) r
       WHERE u.created_by = 'bench-%1$s';
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      SELECT 'pat_' || lpad('%1$s' || n, 22, '0'), '%1$s' || (n %% %2$d + 1) || '@example.com', 't' || n,
             now() + interval '30 days', 'bench-%1$s'
        FROM generate_series(1, %3$d) n;
      INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
      SELECT t.id, a.id, a.role_name, a.assigned_by, a.assigned_at
        FROM access_token t JOIN role_assignment a ON a.user_id = t.user_id
       WHERE t.created_by = 'bench-%1$s';
      INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc)
      SELECT id, sha256(id::bytea), '%5$s', '$argon2id$v=19$m=19456,t=2,p=1$none$none'
        FROM access_token WHERE created_by = 'bench-%1$s';
      RESET session_replication_role;
      """
        .formatted(crowd.name(), crowd.users(), crowd.tokens(), crowd.roles(), pepper.id());
  }
}
