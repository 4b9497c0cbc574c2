package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Audit rows cannot be changed. */
@Tag("I7")
class AuditTest {

  private static final String APPEND =
      "INSERT INTO audit_event (actor, action, user_id) VALUES ('admin@example.com', 'test.done', ?)";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session owner = Session.owner();

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    owner.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET actor = 'nobody'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event"
      })
  void the_schema_owner_cannot_change_or_delete_an_audit_row(String forgery) throws SQLException {
    service.run(APPEND, fixture.user());
    owner.begin();
    SQLException refusal = owner.refuses(Session.INTEGRITY_VIOLATION, forgery);
    owner.rollback();

    assertThat(refusal.getMessage()).contains("the audit trail is append-only");
  }

  @Test
  void a_service_can_choose_neither_the_time_nor_the_number_of_an_audit_row() throws SQLException {
    service.refuses(
        Session.PERMISSION_DENIED,
        "INSERT INTO audit_event (actor, action, occurred_at) VALUES ('me', 'x', '2001-01-01')");
    service.refuses(
        Session.PERMISSION_DENIED,
        "INSERT INTO audit_event (id, actor, action) OVERRIDING SYSTEM VALUE VALUES (1, 'me', 'x')");
  }

  @Test
  void the_exchange_writes_audit_rows_only_through_its_functions() throws SQLException {
    try (Session exchange = Session.authExchange()) {
      exchange.refuses(Session.PERMISSION_DENIED, APPEND, "admin@example.com");
    }
  }

  @Test
  void an_audit_row_remains_after_its_user_and_token_are_deleted() throws SQLException {
    String user = fixture.user();
    service.run(APPEND, user);

    service.run("DELETE FROM users WHERE id = ?", user);

    assertThat(service.count("SELECT count(*) FROM audit_event WHERE user_id = ?", user))
        .isEqualTo(1);
  }

  @Test
  void a_rolled_back_change_has_no_audit_row() throws SQLException {
    String user = fixture.user();
    service.begin();
    service.run(APPEND, user);
    service.rollback();

    assertThat(service.count("SELECT count(*) FROM audit_event WHERE user_id = ?", user)).isZero();
  }
}
