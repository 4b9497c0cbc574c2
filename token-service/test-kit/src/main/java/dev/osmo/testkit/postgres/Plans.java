package dev.osmo.testkit.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The plans of prepared statements in a database with 20,000 tokens: user {@code u1} to {@code
 * u2000} have ten tokens and four roles each. The token {@code pat_} with the number 12345 in its
 * last digits belongs to {@code u346}, and its name is {@code t12345}. The last one, {@code t20000}
 * of {@code u1}, trusts the subject {@code workload} of {@code https://issuer.test} instead of
 * having a secret.
 */
public final class Plans implements AutoCloseable {

  /** PostgreSQL makes five plans for the parameters at hand before it considers a generic one. */
  private static final int CUSTOM_PLANS = 5;

  private static final String TOKENS =
      """
      SET session_replication_role = replica;
      INSERT INTO role (name) SELECT 'role-' || r FROM generate_series(1, 4) r;
      INSERT INTO users (id, created_by) SELECT 'u' || n, 'test' FROM generate_series(1, 2000) n;
      INSERT INTO role_assignment (user_id, role_name, assigned_by)
      SELECT 'u' || n, 'role-' || r, 'test'
        FROM generate_series(1, 2000) n, generate_series(1, 4) r;
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      SELECT 'pat_' || lpad(n::text, 22, '0'), 'u' || (n % 2000 + 1), 't' || n,
             now() + interval '1 day', 'test'
        FROM generate_series(1, 20000) n;
      INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
      SELECT t.id, a.id, a.role_name, a.assigned_by, a.assigned_at
        FROM access_token t JOIN role_assignment a ON a.user_id = t.user_id;
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc)
      SELECT replace(id, 'pat_', '0000000000')::uuid, id, sha256(id::bytea), 'p1', '$argon2id$'
        FROM access_token;
      UPDATE access_token_secret
         SET lookup = NULL, pepper_id = NULL, phc = NULL, trusted_issuer = 'https://issuer.test',
             trusted_audience = 'osmo', trusted_subject = 'workload'
       WHERE token_id LIKE '%20000';
      INSERT INTO user_identity (issuer, subject, user_id)
      SELECT 'https://idp.test', 's' || n, 'u' || n FROM generate_series(1, 2000) n;
      INSERT INTO login_session (id, user_id, provider, issuer, subject, client_id, expires_at)
      SELECT lpad(n::text, 32, '0')::uuid, 'u' || (n % 2000 + 1), 'test', 'https://idp.test',
             's' || (n % 2000 + 1), 'osmo-cli', now() + interval '1 day'
        FROM generate_series(1, 20000) n;
      INSERT INTO access_token_use (token_id, last_used_at) SELECT id, now() FROM access_token;
      RESET session_replication_role;
      ANALYZE;
      """;

  private final MigratedPostgres postgres;

  private Plans(MigratedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts the server. */
  public static Plans start() {
    MigratedPostgres postgres = MigratedPostgres.start();
    try (Connection superuser = postgres.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute(TOKENS);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Plans(postgres);
  }

  /**
   * The lines of the plan of a statement that was executed ten times.
   *
   * @param user who executes it
   * @param sql with numbered placeholders
   * @param values of the placeholders, as SQL
   * @throws AssertionError if it found no row, or if PostgreSQL has not used one generic plan since
   *     it could
   */
  public List<String> generic(String user, String sql, List<String> values) throws SQLException {
    String execute = "EXECUTE hot (" + String.join(", ", values) + ")";
    try (Connection connection = postgres.connectAs(user);
        Statement statement = connection.createStatement()) {
      statement.execute("PREPARE hot AS " + sql);
      for (int i = 0; i < 2 * CUSTOM_PLANS; i++) {
        if (lines(statement, execute).isEmpty()) {
          throw new AssertionError("no row is found: " + execute);
        }
      }
      String plans =
          lines(statement, "SELECT generic_plans FROM pg_prepared_statements").getFirst();
      if (!plans.equals(Integer.toString(CUSTOM_PLANS))) {
        throw new AssertionError("%s of the last 5 plans were generic: %s".formatted(plans, sql));
      }
      return lines(statement, "EXPLAIN " + execute);
    }
  }

  /** The first column. */
  private static List<String> lines(Statement statement, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(String.valueOf(rows.getObject(1)));
      }
    }
    return lines;
  }

  @Override
  public void close() {
    postgres.close();
  }
}
