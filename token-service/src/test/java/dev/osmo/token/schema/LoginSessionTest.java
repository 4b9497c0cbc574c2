package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself guarantees about identities and sessions. */
class LoginSessionTest {

  private static final String USABLE = "SELECT count(*) FROM usable_session WHERE id = ?";
  private static final String END = "SELECT end_session(?, ?, 'signed out', 'request-1')";

  private final Fixture people = new Fixture();
  private final Session service = Session.tokenService();
  private final Session exchange = Session.authExchange();
  private final Session superuser = Session.superuser();

  private String user;

  @BeforeEach
  void user() throws SQLException {
    user = people.user();
  }

  @AfterEach
  void close() {
    people.close();
    service.close();
    exchange.close();
    superuser.close();
  }

  @Test
  @Tag("I3")
  void a_session_is_usable_until_it_ends() throws SQLException {
    UUID session = session("1 hour");
    assertThat(exchange.value(Long.class, USABLE, session)).isEqualTo(1);

    assertThat(exchange.value(Boolean.class, END, session, user)).isTrue();

    assertThat(exchange.value(Long.class, USABLE, session)).isZero();
    assertThat(exchange.value(Boolean.class, END, session, user)).isFalse();
  }

  @Test
  @Tag("I3")
  void an_expired_session_is_not_usable_and_cannot_be_renewed() throws SQLException {
    UUID session = session("-1 second");

    assertThat(exchange.value(Long.class, USABLE, session)).isZero();
    service.refuses(
        Session.INTEGRITY_VIOLATION,
        "UPDATE login_session SET verified_at = now() WHERE id = ?",
        session);
    assertThat(service.value(Boolean.class, END, session, user)).isFalse();
  }

  @Test
  @Tag("I3")
  void nobody_revives_an_ended_session() throws SQLException {
    UUID session = session("1 hour");
    service.rows(END, session, user);

    superuser.refuses(
        Session.INTEGRITY_VIOLATION,
        "UPDATE login_session SET ended_at = NULL WHERE id = ?",
        session);
    service.refuses(
        Session.INTEGRITY_VIOLATION,
        "UPDATE login_session SET verified_at = now() WHERE id = ?",
        session);
  }

  @Test
  @Tag("I3")
  void a_disabled_user_has_to_sign_in_again_after_being_enabled() throws SQLException {
    UUID session = session("1 hour");

    service.run("UPDATE users SET disabled_at = now() WHERE id = ?", user);
    assertThat(exchange.value(Long.class, USABLE, session)).isZero();

    service.run("UPDATE users SET disabled_at = NULL WHERE id = ?", user);
    assertThat(exchange.value(Long.class, USABLE, session)).isZero();
    assertThat(
            service.value(
                String.class, "SELECT end_reason FROM login_session WHERE id = ?", session))
        .isEqualTo("the user was disabled");
  }

  @Test
  void the_end_of_a_session_is_recorded_once() throws SQLException {
    UUID session = session("1 hour");

    exchange.rows(END, session, user);
    exchange.rows(END, session, user);

    assertThat(ends(session))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("actor", user)
                    .containsEntry("user_id", user)
                    .containsEntry("reason", "signed out")
                    .containsEntry("request_id", "request-1"));
  }

  @Test
  @Tag("I11")
  void the_exchange_cannot_record_the_end_of_a_session_in_the_name_of_anybody_else()
      throws SQLException {
    UUID session = session("1 hour");

    exchange.rows(END, session, "admin@example.com");

    assertThat(ends(session))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("actor", "osmo_auth_exchange"));
  }

  @Test
  void a_subject_is_linked_to_one_user_for_good() throws SQLException {
    String other = people.user();
    service.run(
        "INSERT INTO user_identity (issuer, subject, user_id) VALUES ('https://idp.test', ?, ?)",
        user,
        user);

    service.refuses(
        "23505",
        "INSERT INTO user_identity (issuer, subject, user_id) VALUES ('https://idp.test', ?, ?)",
        user,
        other);
    service.refuses(Session.PERMISSION_DENIED, "UPDATE user_identity SET user_id = ?", other);
  }

  @Test
  void a_deleted_user_has_no_session_and_no_identity() throws SQLException {
    UUID session = session("1 hour");
    service.run(
        "INSERT INTO user_identity (issuer, subject, user_id) VALUES ('https://idp.test', ?, ?)",
        user,
        user);

    service.run("DELETE FROM users WHERE id = ?", user);

    assertThat(service.value(Long.class, USABLE, session)).isZero();
    assertThat(
            service.value(Long.class, "SELECT count(*) FROM user_identity WHERE user_id = ?", user))
        .isZero();
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "UPDATE login_session SET expires_at = 'infinity'",
        "UPDATE login_session SET ended_at = NULL",
        "UPDATE login_session SET user_id = 'admin@example.com'",
        "DELETE FROM login_session",
        "DELETE FROM user_identity"
      })
  void the_services_can_change_neither_the_owner_nor_the_end_of_a_session(String sql)
      throws SQLException {
    service.refuses(Session.PERMISSION_DENIED, sql);
    exchange.refuses(Session.PERMISSION_DENIED, sql);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "INSERT INTO user_identity (issuer, subject, user_id) VALUES ('i', 's', 'u')",
        "INSERT INTO login_session (user_id, provider, issuer, subject, client_id, expires_at) VALUES ('u', 'p', 'i', 's', 'c', now())",
        "UPDATE login_session SET verified_at = now()",
        "SELECT user_id FROM user_identity"
      })
  void the_exchange_cannot_create_or_renew_a_session(String sql) throws SQLException {
    exchange.refuses(Session.PERMISSION_DENIED, sql);
  }

  /** The previous release names access tokens only. */
  @Test
  void a_denial_names_the_access_token_or_the_session() throws SQLException {
    UUID session = session("1 hour");
    String denial = "SELECT record_denial(?, ?, 'jti', 'request', 'GET /x', 'forbidden')";

    assertThat(service.value(Boolean.class, denial, user, "pat_1")).isTrue();
    assertThat(service.value(Boolean.class, denial, user, session.toString())).isTrue();
    assertThat(service.value(Boolean.class, denial, user, null)).isTrue();

    assertThat(
            superuser.column(
                String.class,
                "SELECT concat_ws('/', via_pat_id, via_session_id) FROM audit_event WHERE actor = ? ORDER BY id",
                user))
        .containsExactly("pat_1", session.toString(), "");
  }

  @Test
  void the_trail_accepts_the_statement_of_the_previous_release_and_one_login_at_most()
      throws SQLException {
    UUID session = session("1 hour");
    service.run(
        "INSERT INTO audit_event (actor, via_pat_id, jti, action) VALUES (?, 'pat_1', 'jti', 'x.y')",
        user);

    service.refuses(
        "23514",
        "INSERT INTO audit_event (actor, via_pat_id, via_session_id, action) VALUES (?, 'pat_1', ?, 'x.y')",
        user,
        session);
  }

  private UUID session(String life) throws SQLException {
    return service.value(
        UUID.class,
        """
        INSERT INTO login_session (user_id, provider, issuer, subject, client_id, expires_at)
        VALUES (?, 'test', 'https://idp.test', ?, 'osmo-cli', now() + ?::interval) RETURNING id
        """,
        user,
        user,
        life);
  }

  private List<Map<String, Object>> ends(UUID session) throws SQLException {
    return superuser.rows(
        """
        SELECT actor, user_id, request_id, details ->> 'reason' AS reason FROM audit_event
         WHERE action = 'session.ended' AND details ->> 'session_id' = ?
        """,
        session.toString());
  }
}
