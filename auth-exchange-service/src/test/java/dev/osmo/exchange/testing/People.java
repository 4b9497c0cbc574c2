package dev.osmo.exchange.testing;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.pat.PatId;
import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.postgres.MigratedPostgres;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Users, roles and access tokens. The database user of token-service writes them where it may. The
 * superuser writes states that take time to reach.
 */
public final class People {

  private static final Argon2 ARGON2 = Argon2Factory.create(Argon2Types.ARGON2id);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final int port;

  public People(String reactiveUrl) {
    this.port = Integer.parseInt(reactiveUrl.replaceAll(".*:(\\d+)/.*", "$1"));
  }

  /** A new user with these roles and a unique id. */
  public String person(String... roles) {
    String id = "u" + UUID.randomUUID() + "@example.com";
    asTokenService("INSERT INTO users (id, created_by) VALUES (?, 'test')", id);
    for (String role : roles) {
      grant(id, role);
    }
    return id;
  }

  public void grant(String user, String role) {
    asTokenService("INSERT INTO role (name) VALUES (?) ON CONFLICT DO NOTHING", role);
    asTokenService(
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, ?, 'test')",
        user,
        role);
  }

  public void remove(String user, String role) {
    asTokenService("DELETE FROM role_assignment WHERE user_id = ? AND role_name = ?", user, role);
  }

  /** Removes all roles of the user. The actor is in the event. */
  public void removeAs(String actor, String user) {
    try (Connection connection = connect(MigratedPostgres.TOKEN_SERVICE)) {
      connection.setAutoCommit(false);
      update(connection, "SELECT set_config('osmo.actor', ?, true)", actor);
      update(connection, "DELETE FROM role_assignment WHERE user_id = ?", user);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An access token with all roles of its owner that expires in an hour. */
  public IssuedPat pat(String owner) {
    return pat(owner, "1 hour");
  }

  public IssuedPat pat(String owner, String lifetime) {
    return pat(owner, lifetime, TestTokens.random());
  }

  public IssuedPat pat(String owner, String lifetime, String text) {
    return pat(owner, lifetime, text, (connection, id) -> addSecret(connection, id, text));
  }

  @FunctionalInterface
  private interface Credential {
    void addTo(Connection connection, String id) throws SQLException;
  }

  private IssuedPat pat(String owner, String lifetime, String text, Credential credential) {
    String id = PatId.random(RANDOM).value();
    String name = "t" + UUID.randomUUID();
    try (Connection connection = connect(MigratedPostgres.TOKEN_SERVICE)) {
      connection.setAutoCommit(false);
      update(
          connection,
          "INSERT INTO access_token (id, user_id, name, expires_at, created_by)"
              + " VALUES (?, ?, ?, now() + ?::interval, 'test')",
          id,
          owner,
          name,
          lifetime);
      update(
          connection,
          "INSERT INTO access_token_role (token_id, assignment_id)"
              + " SELECT ?, id FROM role_assignment WHERE user_id = ?",
          id,
          owner);
      credential.addTo(connection, id);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new IssuedPat(text, id, owner, name);
  }

  /** An access token of this user that has no secret and trusts a workload. */
  public IssuedPat trusting(String owner, String issuer, String audience, String subject) {
    return pat(
        owner,
        "1 hour",
        "",
        (connection, id) ->
            update(
                connection,
                "INSERT INTO access_token_secret"
                    + " (token_id, trusted_issuer, trusted_audience, trusted_subject)"
                    + " VALUES (?, ?, ?, ?)",
                id,
                issuer,
                audience,
                subject));
  }

  /** Makes the verification of the token slow. */
  public void makeSlow(IssuedPat pat, int iterations) {
    String phc = ARGON2.hash(iterations, 19_456, 1, pat.text().getBytes(StandardCharsets.US_ASCII));
    asSuperuser("UPDATE access_token_secret SET phc = ? WHERE token_id = ?", phc, pat.id());
  }

  /**
   * Makes the verification of the token slow. The hash is forged, so computing it takes no time
   * here.
   */
  public void makeSlowAndForged(IssuedPat pat, int iterations) {
    String zeros = "A".repeat(43);
    asSuperuser(
        "UPDATE access_token_secret SET phc = ? WHERE token_id = ?",
        "$argon2id$v=19$m=19456,t=%d,p=1$%s$%s".formatted(iterations, "A".repeat(22), zeros),
        pat.id());
  }

  /** A session of this user that lasts an hour, as token-service creates it. */
  public UUID session(String user, String client) {
    return session(user, client, "1 hour");
  }

  public UUID session(String user, String client, String lifetime) {
    UUID id = UUID.randomUUID();
    asTokenService(
        "INSERT INTO login_session (id, user_id, provider, issuer, subject, client_id, display_name,"
            + " expires_at) VALUES (?, ?, 'corp', 'https://corp.test', ?, ?, 'A Person', now() +"
            + " ?::interval)",
        id,
        user,
        user,
        client,
        lifetime);
    return id;
  }

  /** Adds a second secret, as a rotation does. */
  public IssuedPat rotate(IssuedPat pat) {
    String text = TestTokens.random();
    try (Connection connection = connect(MigratedPostgres.TOKEN_SERVICE)) {
      addSecret(connection, pat.id(), text);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new IssuedPat(text, pat.id(), pat.owner(), pat.name());
  }

  /** The id of the only secret of this token. */
  public String secretId(IssuedPat pat) {
    return query("SELECT id FROM access_token_secret WHERE token_id = ?", pat.id()).getFirst();
  }

  public void delete(IssuedPat pat) {
    asTokenService("DELETE FROM access_token WHERE id = ?", pat.id());
  }

  public int asTokenService(String sql, Object... parameters) {
    return as(MigratedPostgres.TOKEN_SERVICE, sql, parameters);
  }

  public int asSuperuser(String sql, Object... parameters) {
    return as("postgres", sql, parameters);
  }

  public int as(String user, String sql, Object... parameters) {
    try (Connection connection = connect(user)) {
      return update(connection, sql, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The first column of the rows that the superuser reads, as text. */
  public List<String> query(String sql, Object... parameters) {
    try (Connection connection = connect("postgres");
        PreparedStatement statement = prepared(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Connection connect(String user) throws SQLException {
    String url = MigratedPostgres.jdbcUrl(port) + "?currentSchema=osmo";
    return DriverManager.getConnection(url, user, MigratedPostgres.PASSWORD);
  }

  /**
   * Hashes with cheap Argon2 parameters. The hash contains them, and the service reads them from
   * it.
   */
  private static void addSecret(Connection connection, String id, String text) throws SQLException {
    String phc = ARGON2.hash(1, 64, 1, text.getBytes(StandardCharsets.US_ASCII));
    update(
        connection,
        "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 'p1', ?)",
        id,
        TestTokens.lookup(text),
        phc);
  }

  private static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, parameters)) {
      statement.execute();
      return statement.getUpdateCount();
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
