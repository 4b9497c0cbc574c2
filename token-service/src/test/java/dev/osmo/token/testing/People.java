package dev.osmo.token.testing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Inserts users with roles and a login token directly into the database, and reads from it. */
public final class People {

  private People() {}

  /** A user with an access token that has these roles. */
  public record Person(String id, String patId, List<String> roles) {

    public Jwt login() {
      return Jwt.of(id, patId, roles);
    }

    /** A downscoped JWT: fewer roles than the token has. */
    public Jwt loginWithOnly(String... some) {
      return Jwt.of(id, patId, List.of(some));
    }
  }

  /** The session of a user who has these roles. */
  public record SignedIn(Person person, UUID session) {

    public Jwt login() {
      return Jwt.ofSession(person.id(), session, person.roles());
    }

    /** A downscoped JWT: fewer roles than the user has. */
    public Jwt loginWithOnly(String... some) {
      return Jwt.ofSession(person.id(), session, List.of(some));
    }
  }

  public static SignedIn signedIn(Person person) {
    UUID session = UUID.randomUUID();
    execute(
        """
        INSERT INTO login_session (id, user_id, provider, issuer, subject, client_id, expires_at)
        VALUES (?, ?, 'test', 'https://idp.test', ?, 'osmo-cli', now() + interval '30 days')
        """,
        session,
        person.id(),
        person.id());
    return new SignedIn(person, session);
  }

  public static Person administrator() {
    return with("osmo-admin", "osmo-user");
  }

  public static Person with(String... roles) {
    return with(Instant.now().plusSeconds(300L * 24 * 3600), roles);
  }

  /** A user whose login token expires at this time. */
  public static Person with(Instant patExpiry, String... roles) {
    String id = "u" + UUID.randomUUID() + "@example.com";
    String patId = "pat_" + UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    byte[] lookup = new byte[32];
    ThreadLocalRandom.current().nextBytes(lookup);
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.of("INSERT INTO users (id, created_by) VALUES (?, 'test')", id));
    for (String role : roles) {
      statements.add(
          Statement.of("INSERT INTO role (name) VALUES (?) ON CONFLICT DO NOTHING", role));
      statements.add(
          Statement.of(
              "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, ?, 'admin@example.com')",
              id,
              role));
    }
    Collections.addAll(
        statements,
        Statement.of(
            "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES (?, ?, 'login', CAST(? AS timestamptz), 'test')",
            patId,
            id,
            patExpiry.toString()),
        Statement.of(
            "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 't1', '$argon2id$x')",
            patId,
            lookup),
        Statement.of(
            "INSERT INTO access_token_role (token_id, assignment_id) SELECT ?, id FROM role_assignment WHERE user_id = ?",
            patId,
            id));
    inOneTransaction(statements.toArray(Statement[]::new));
    return new Person(id, patId, List.of(roles));
  }

  /** A statement and its parameters. */
  public record Statement(String sql, List<Object> parameters) {

    public static Statement of(String sql, Object... parameters) {
      return new Statement(sql, List.of(parameters));
    }
  }

  public static void execute(String sql, Object... parameters) {
    inOneTransaction(Statement.of(sql, parameters));
  }

  public static void inOneTransaction(Statement... statements) {
    Stage.current()
        .connections()
        .use(
            connection -> {
              for (Statement one : statements) {
                try (PreparedStatement prepared = connection.prepareStatement(one.sql())) {
                  bind(prepared, one.parameters());
                  prepared.executeUpdate();
                }
              }
              return statements.length;
            });
  }

  /** The first column of every row, as text. */
  public static List<String> query(String sql, Object... parameters) {
    return Stage.current()
        .connections()
        .use(
            connection -> {
              try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                bind(prepared, List.of(parameters));
                return firstColumn(prepared.executeQuery());
              }
            });
  }

  private static List<String> firstColumn(ResultSet rows) throws SQLException {
    List<String> found = new ArrayList<>();
    while (rows.next()) {
      found.add(rows.getString(1));
    }
    return found;
  }

  private static void bind(PreparedStatement prepared, List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      prepared.setObject(i + 1, parameters.get(i));
    }
  }
}
