package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Every removal of a role writes its event in the same transaction. */
@Tag("I7")
class RoleRemovalTest {

  private static final int NOTHING_MORE_COMES_MILLIS = 200;
  private static final int DEADLINE_MILLIS = 30_000;

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();

  @AfterEach
  void close() {
    fixture.close();
    service.close();
  }

  @Test
  void removing_a_role_from_a_user_writes_one_event() throws SQLException {
    String user = fixture.user();
    String role = fixture.role();
    UUID assignment = fixture.grant(user, role);

    service.run("DELETE FROM role_assignment WHERE id = ?", assignment);

    assertThat(eventsOf(user))
        .containsExactly(
            Map.of(
                "assignment_id",
                assignment,
                "role_name",
                role,
                "removed_by",
                "osmo_token_service"));
  }

  @Test
  void deleting_a_user_writes_an_event_for_each_role() throws SQLException {
    String user = fixture.user();
    UUID one = fixture.grantNewRole(user);
    UUID other = fixture.grantNewRole(user);

    service.run("DELETE FROM users WHERE id = ?", user);

    assertThat(eventsOf(user))
        .extracting(event -> event.get("assignment_id"))
        .containsExactlyInAnyOrder(one, other);
  }

  @Test
  void deleting_a_role_writes_an_event_for_each_holder() throws SQLException {
    String role = fixture.role();
    String one = fixture.user();
    String other = fixture.user();
    UUID ofOne = fixture.grant(one, role);
    UUID ofOther = fixture.grant(other, role);

    service.run("DELETE FROM role WHERE name = ?", role);

    assertThat(eventsOf(one))
        .extracting(event -> event.get("assignment_id"))
        .containsExactly(ofOne);
    assertThat(eventsOf(other))
        .extracting(event -> event.get("assignment_id"))
        .containsExactly(ofOther);
  }

  @Test
  void the_event_names_the_actor_of_the_transaction() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    service.begin();
    service.value(String.class, "SELECT set_config('osmo.actor', 'admin@example.com', true)");
    service.run("DELETE FROM role_assignment WHERE id = ?", assignment);
    service.commit();

    assertThat(eventsOf(user))
        .extracting(event -> event.get("removed_by"))
        .containsExactly("admin@example.com");
  }

  @Test
  void the_actor_of_one_transaction_does_not_leak_into_the_next() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    service.begin();
    service.value(String.class, "SELECT set_config('osmo.actor', 'admin@example.com', true)");
    service.commit();

    service.run("DELETE FROM role_assignment WHERE id = ?", assignment);

    assertThat(eventsOf(user))
        .extracting(event -> event.get("removed_by"))
        .containsExactly("osmo_token_service");
  }

  @Test
  void a_rolled_back_removal_writes_no_event() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    service.begin();
    service.run("DELETE FROM role_assignment WHERE id = ?", assignment);
    service.rollback();

    assertThat(eventsOf(user)).isEmpty();
    assertThat(service.count("SELECT count(*) FROM role_assignment WHERE id = ?", assignment))
        .isEqualTo(1);
  }

  @Test
  @Tag("I8")
  void a_notification_is_sent_at_commit_with_an_empty_payload() throws SQLException {
    String user = fixture.user();
    UUID assignment = fixture.grantNewRole(user);
    try (Session exchange = Session.authExchange()) {
      exchange.run("LISTEN role_removed");
      service.begin();
      service.run("DELETE FROM role_assignment WHERE id = ?", assignment);
      assertThat(heard(exchange, NOTHING_MORE_COMES_MILLIS)).isEmpty();
      service.commit();

      assertThat(heard(exchange, DEADLINE_MILLIS))
          .singleElement()
          .satisfies(
              notification -> {
                assertThat(notification.getName()).isEqualTo("role_removed");
                assertThat(notification.getParameter()).isEmpty();
              });
    }
  }

  @Test
  @Tag("I8")
  void no_notification_is_sent_if_the_removal_is_rolled_back() throws SQLException {
    UUID assignment = fixture.grantNewRole(fixture.user());
    try (Session exchange = Session.authExchange()) {
      exchange.run("LISTEN role_removed");
      service.begin();
      service.run("DELETE FROM role_assignment WHERE id = ?", assignment);
      service.rollback();

      assertThat(heard(exchange, NOTHING_MORE_COMES_MILLIS)).isEmpty();
    }
  }

  @Test
  void truncating_the_assignments_is_refused_because_it_would_write_no_events()
      throws SQLException {
    try (Session owner = Session.owner()) {
      owner.begin();
      owner.refuses(Session.INTEGRITY_VIOLATION, "TRUNCATE role_assignment");
      owner.refuses(Session.INTEGRITY_VIOLATION, "TRUNCATE users CASCADE");
      owner.rollback();
    }
  }

  private List<Map<String, Object>> eventsOf(String user) throws SQLException {
    return service.rows(
        "SELECT assignment_id, role_name, removed_by FROM role_removal WHERE user_id = ?", user);
  }

  private static List<PGNotification> heard(Session session, int millis) throws SQLException {
    PGNotification[] heard =
        session.connection().unwrap(PGConnection.class).getNotifications(millis);
    return heard == null ? List.of() : List.of(heard);
  }
}
