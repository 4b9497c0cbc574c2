package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The roles of a token are fixed at its creation. Where token-service lacks the privilege, the
 * schema owner tries: the triggers must suffice on their own.
 */
class ImmutabilityTest {

  private static final String GIVE =
      "INSERT INTO access_token_role (token_id, assignment_id) VALUES (?, ?)";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session owner = Session.owner();

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    owner.close();
  }

  @Test
  @Tag("I4")
  void a_role_cannot_be_added_after_the_creating_transaction() throws SQLException {
    String user = fixture.user();
    UUID held = fixture.grantNewRole(user);
    UUID late = fixture.grantNewRole(user);
    String token = fixture.token(user, held);

    SQLException refusal = service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, late);

    assertThat(refusal.getMessage())
        .contains("the roles of an access token are fixed at its creation");
  }

  @Test
  @Tag("I4")
  void the_schema_owner_cannot_add_a_role() throws SQLException {
    String user = fixture.user();
    UUID late = fixture.grantNewRole(user);
    String token = fixture.token(user);

    owner.refuses(
        Session.INTEGRITY_VIOLATION,
        """
        INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
        SELECT ?, id, role_name, assigned_by, assigned_at FROM role_assignment WHERE id = ?
        """,
        token,
        late);
  }

  @Test
  @Tag("I4")
  void a_token_inserted_with_an_old_transaction_id_gets_no_role() throws SQLException {
    String user = fixture.user();
    UUID late = fixture.grantNewRole(user);
    String token = fixture.token(user);
    try (Session superuser = Session.superuser()) {
      superuser.begin();
      superuser.run("SET LOCAL session_replication_role = replica");
      // In a dump restored into another server, an old transaction id can occur again.
      superuser.run(
          "UPDATE access_token SET created_xid = pg_current_xact_id() WHERE id = ?", token);
      superuser.run("SET LOCAL session_replication_role = origin");

      superuser.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, late);
      superuser.rollback();
    }
  }

  @Test
  @Tag("I4")
  void a_role_can_be_added_in_the_creating_transaction_even_after_a_savepoint()
      throws SQLException {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    service.begin();
    service.connection().setSavepoint();
    String token = Fixture.tokenIn(service, user);
    service.connection().setSavepoint();
    service.run(GIVE, token, role);
    service.commit();

    assertThat(rolesOf(token)).isEqualTo(1);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "UPDATE access_token_role SET assignment_id = gen_random_uuid() WHERE token_id = ?",
        "UPDATE access_token_role SET role_name = 'osmo-admin' WHERE token_id = ?",
        "UPDATE access_token_role SET token_id = 'pat_0000000000000000000000' WHERE token_id = ?",
        "UPDATE access_token_role SET assigned_by = 'nobody' WHERE token_id = ?"
      })
  void a_snapshot_row_cannot_be_changed_even_by_the_schema_owner(String change)
      throws SQLException {
    String user = fixture.user();
    String token = fixture.token(user, fixture.grantNewRole(user));

    owner.refuses(Session.INTEGRITY_VIOLATION, change, token);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "created_xid = pg_current_xact_id()",
        "created_at = now() + interval '1 second'",
        "user_id = 'somebody@example.com'",
        "id = 'pat_0000000000000000000000'",
        "name = 'another'",
        "created_by = 'another'",
        "parent_id = 'pat_0000000000000000000000'"
      })
  void the_identity_of_a_token_cannot_be_changed_even_by_the_schema_owner(String change)
      throws SQLException {
    String token = fixture.token(fixture.user());

    owner.refuses(
        Session.INTEGRITY_VIOLATION, "UPDATE access_token SET " + change + " WHERE id = ?", token);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "role_name = 'osmo-admin'",
        "user_id = 'somebody@example.com'",
        "id = gen_random_uuid()"
      })
  void an_assignment_cannot_be_changed_even_by_the_schema_owner(String change) throws SQLException {
    UUID assignment = fixture.grantNewRole(fixture.user());

    owner.refuses(
        Session.INTEGRITY_VIOLATION,
        "UPDATE role_assignment SET " + change + " WHERE id = ?",
        assignment);
  }

  @Test
  @Tag("I4")
  void a_token_created_again_under_its_old_id_has_neither_the_old_secret_nor_the_old_roles()
      throws SQLException {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    String token = fixture.token(user, role);
    UUID secret = fixture.secretOf(token);
    service.begin();
    service.run("DELETE FROM access_token WHERE id = ?", token);
    service.run(
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES (?, ?, 'again', now() + interval '1 day', ?)",
        token,
        user,
        user);
    service.commit();

    assertThat(rolesOf(token)).isZero();
    assertThat(service.count("SELECT count(*) FROM access_token_secret WHERE id = ?", secret))
        .isZero();
    service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, role);
  }

  @Test
  @Tag("I5")
  void an_assignment_id_cannot_be_reused() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID old = fixture.grant(user, role);
    fixture.token(user, old);
    fixture.remove(old);

    service.refuses(
        Session.PERMISSION_DENIED,
        "INSERT INTO role_assignment (id, user_id, role_name, assigned_by) VALUES (?, ?, ?, 'me')",
        old,
        user,
        role);
  }

  @Test
  @Tag("I5")
  void the_schema_owner_cannot_reuse_an_assignment_id() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID old = fixture.grant(user, role);
    fixture.remove(old);

    owner.refuses(
        Session.INTEGRITY_VIOLATION,
        "INSERT INTO role_assignment (id, user_id, role_name, assigned_by) VALUES (?, ?, ?, 'me')",
        old,
        user,
        role);
  }

  @Test
  @Tag("I5")
  void a_role_that_is_assigned_again_does_not_return_to_an_old_token() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID old = fixture.grant(user, role);
    String token = fixture.token(user, old);
    fixture.remove(old);

    UUID again = fixture.grant(user, role);

    assertThat(again).isNotEqualTo(old);
    assertThat(effectiveRolesOf(token)).isZero();
  }

  @Test
  @Tag("I6")
  void a_token_cannot_get_a_role_of_another_user() throws SQLException {
    UUID somebodyElses = fixture.grantNewRole(fixture.user());
    service.begin();
    String token = Fixture.tokenIn(service, fixture.user());

    SQLException refusal = service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, somebodyElses);

    assertThat(refusal.getMessage())
        .contains("an access token takes only roles that its owner holds");
    service.rollback();
  }

  @Test
  @Tag("I6")
  void a_token_cannot_get_an_unknown_role() throws SQLException {
    service.begin();
    String token = Fixture.tokenIn(service, fixture.user());

    service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, UUID.randomUUID());
    service.rollback();
  }

  @Test
  @Tag("I6")
  void a_token_cannot_get_a_role_removed_in_the_same_transaction() throws SQLException {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    service.begin();
    String token = Fixture.tokenIn(service, user);
    service.run("DELETE FROM role_assignment WHERE id = ?", role);

    service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, role);
    service.rollback();
  }

  @ParameterizedTest
  @Tag("I6")
  @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
  void a_transaction_with_an_old_snapshot_cannot_add_roles(int isolation) throws SQLException {
    String user = fixture.user();
    UUID role = fixture.grantNewRole(user);
    service.connection().setTransactionIsolation(isolation);
    service.begin();
    service.count("SELECT count(*) FROM users");
    fixture.remove(role);
    String token = Fixture.tokenIn(service, user);

    service.refuses(Session.INTEGRITY_VIOLATION, GIVE, token, role);
    service.rollback();
  }

  @Test
  @Tag("I4")
  void a_snapshot_row_copies_the_assignment_whatever_values_are_inserted() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    owner.begin();
    String token = Fixture.tokenIn(owner, user);
    owner.run(
        """
        INSERT INTO access_token_role (token_id, assignment_id, role_name, assigned_by, assigned_at)
        VALUES (?, ?, 'osmo-admin', 'forged@example.com', '2001-01-01')
        """,
        token,
        assignment);
    owner.commit();

    assertThat(
            service.rows(
                "SELECT role_name, assigned_by, assigned_at FROM access_token_role WHERE token_id = ?",
                token))
        .isEqualTo(
            service.rows(
                "SELECT role_name, assigned_by, assigned_at FROM role_assignment WHERE id = ?",
                assignment));
  }

  @Test
  @Tag("I4")
  void token_service_has_no_privilege_on_the_copied_columns() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    service.begin();
    String token = Fixture.tokenIn(service, user);

    service.refuses(
        Session.PERMISSION_DENIED,
        "INSERT INTO access_token_role (token_id, assignment_id, assigned_by) VALUES (?, ?, 'forged')",
        token,
        assignment);
    service.rollback();
  }

  private long rolesOf(String token) throws SQLException {
    return service.count("SELECT count(*) FROM access_token_role WHERE token_id = ?", token);
  }

  private long effectiveRolesOf(String token) throws SQLException {
    return service.count(
        """
        SELECT count(*) FROM access_token_role t JOIN role_assignment a ON a.id = t.assignment_id
         WHERE t.token_id = ?
        """,
        token);
  }
}
