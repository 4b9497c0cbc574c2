package dev.osmo.token.schema;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.UUID;

/** Users, roles and tokens of one test, created with the privileges of token-service. */
final class Fixture implements AutoCloseable {

  private static final String INSERT_TOKEN =
      """
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      VALUES (?, ?, ?, now() + interval '31 days', ?)
      """;
  private static final String INSERT_SECRET =
      """
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc)
      VALUES (?, ?, ?, 'p1', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA')
      """;
  private static final String INSERT_ROLE =
      "INSERT INTO access_token_role (token_id, assignment_id) VALUES (?, ?)";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Session session = Session.tokenService();

  String user() throws SQLException {
    String id = fresh("user") + "@example.com";
    session.run("INSERT INTO users (id, created_by) VALUES (?, 'admin@example.com')", id);
    return id;
  }

  String role() throws SQLException {
    String name = fresh("role");
    session.run("INSERT INTO role (name) VALUES (?)", name);
    return name;
  }

  /** Returns the id of the assignment. */
  UUID grant(String user, String role) throws SQLException {
    return session.value(
        UUID.class,
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, ?, 'admin@example.com') RETURNING id",
        user,
        role);
  }

  UUID grantNewRole(String user) throws SQLException {
    return grant(user, role());
  }

  void remove(UUID assignment) throws SQLException {
    session.run("DELETE FROM role_assignment WHERE id = ?", assignment);
  }

  /** Creates a token with one secret and these roles in its own transaction. */
  String token(String user, UUID... assignments) throws SQLException {
    session.begin();
    String id = tokenIn(session, user);
    for (UUID assignment : assignments) {
      session.run(INSERT_ROLE, id, assignment);
    }
    session.commit();
    return id;
  }

  /** Inserts the row and its secret in the transaction of the session. */
  static String tokenIn(Session session, String user) throws SQLException {
    String id = freshTokenId();
    session.run(INSERT_TOKEN, id, user, fresh("name"), user);
    secretIn(session, id);
    return id;
  }

  static UUID secretIn(Session session, String token) throws SQLException {
    UUID id = UUID.randomUUID();
    session.run(INSERT_SECRET, id, token, freshLookup());
    return id;
  }

  UUID secretOf(String token) throws SQLException {
    return session.value(
        UUID.class, "SELECT id FROM access_token_secret WHERE token_id = ?", token);
  }

  static byte[] freshLookup() {
    byte[] lookup = new byte[32];
    RANDOM.nextBytes(lookup);
    return lookup;
  }

  static String freshTokenId() {
    return "pat_" + hex().substring(0, 22);
  }

  static String fresh(String kind) {
    return kind + "-" + hex();
  }

  @Override
  public void close() {
    session.close();
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
