package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself guarantees about events and about users whom a directory disables. */
class SecurityEventTest {

  private static final String RECORD = "SELECT record_security_event('https://idp.test', ?)";
  private static final String REQUIRE = "SELECT require_sign_in(?, now() + ?::interval)";

  private final Fixture people = new Fixture();
  private final Session service = Session.tokenService();
  private final Session exchange = Session.authExchange();
  private final Session superuser = Session.superuser();

  @AfterEach
  void close() {
    people.close();
    service.close();
    exchange.close();
    superuser.close();
  }

  @Test
  @Tag("I9")
  void an_event_is_new_once() throws SQLException {
    String jti = UUID.randomUUID().toString();

    assertThat(service.value(Boolean.class, RECORD, jti)).isTrue();
    assertThat(service.value(Boolean.class, RECORD, jti)).isFalse();
  }

  @Test
  @Tag("I10")
  void old_events_are_forgotten_and_newer_ones_are_kept() throws SQLException {
    superuser.run("DELETE FROM security_event");
    superuser.run(
        "INSERT INTO security_event (issuer, jti, received_at) SELECT 'https://idp.test', i::text, now() - make_interval(days => i) FROM generate_series(1, 45) i");

    service.rows(RECORD, "newest");

    assertThat(superuser.count("SELECT count(*) FROM security_event WHERE jti <> 'newest'"))
        .as("the days 1 to 30; the last of the others is 31 days old")
        .isEqualTo(30);
  }

  @Test
  @Tag("I3")
  void a_required_sign_in_moves_forward_only() throws SQLException {
    String user = people.user();

    assertThat(service.value(Boolean.class, REQUIRE, user, "-1 hour")).isTrue();
    assertThat(service.value(Boolean.class, REQUIRE, user, "-2 hours")).isTrue();
    assertThat(minutesAgo(user)).isEqualTo(60);
    assertThat(service.value(Boolean.class, REQUIRE, user, "0 hours")).isTrue();
    assertThat(minutesAgo(user)).isZero();
  }

  @Test
  void the_memory_of_who_disabled_a_user_ends_when_the_user_is_enabled() throws SQLException {
    String user = people.user();
    service.run("UPDATE users SET disabled_at = now(), disabled_by_scim = true WHERE id = ?", user);
    service.run("UPDATE users SET disabled_at = NULL WHERE id = ?", user);
    service.run("UPDATE users SET disabled_at = now() WHERE id = ?", user);

    assertThat(
            superuser.value(
                Boolean.class,
                "SELECT disabled_by_scim OR disabled_in_directory FROM users WHERE id = ?",
                user))
        .isFalse();
  }

  /** The previous release does not know the column with the decision of the directory. */
  @Test
  void a_user_whom_the_previous_release_disables_for_the_directory_is_disabled_there()
      throws SQLException {
    String user = people.user();

    service.run("UPDATE users SET disabled_at = now(), disabled_by_scim = true WHERE id = ?", user);

    assertThat(
            superuser.value(
                Boolean.class, "SELECT disabled_in_directory FROM users WHERE id = ?", user))
        .isTrue();
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(
      strings = {
        "SELECT jti FROM security_event",
        "DELETE FROM security_event",
        "SELECT require_sign_in('x', now())",
        "SELECT record_security_event('x', 'y')",
        "UPDATE users SET disabled_by_scim = true",
        "UPDATE users SET disabled_in_directory = true"
      })
  void the_exchange_has_no_part_in_it(String attempt) throws SQLException {
    exchange.refuses(Session.PERMISSION_DENIED, attempt);
  }

  private long minutesAgo(String user) throws SQLException {
    return superuser.count(
        "SELECT round(extract(epoch FROM now() - sign_in_required_at) / 60) FROM users WHERE id = ?",
        user);
  }
}
