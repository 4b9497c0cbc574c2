package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows about denials are limited per user, whatever a service asks for. */
class DenialTest {

  private static final String RECORD =
      "SELECT record_denial(?, 'pat_x', 'jti', 'request', 'GET /x', 'forbidden')";
  private static final String ROWS =
      "SELECT count(*) FROM audit_event WHERE actor = ? AND action = 'access.denied'";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String user;

  @BeforeEach
  void a_user() throws SQLException {
    user = fixture.user();
  }

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  void a_user_gets_ten_rows_an_hour_and_the_last_one_says_so() throws SQLException {
    for (int i = 0; i < 12; i++) {
      assertThat(service.value(Boolean.class, RECORD, user)).isEqualTo(i < 10);
    }

    assertThat(service.count(ROWS, user)).isEqualTo(10);
    assertThat(
            service.column(
                Integer.class,
                "SELECT CAST(row_number AS integer) FROM (SELECT row_number() OVER (ORDER BY id), details FROM audit_event WHERE actor = ?) e WHERE (details ->> 'more_are_not_recorded')::boolean",
                user))
        .containsExactly(10);
  }

  @Test
  void after_an_hour_a_user_gets_further_rows() throws SQLException {
    for (int i = 0; i < 10; i++) {
      service.rows(RECORD, user);
    }
    superuser.run("SET session_replication_role = replica");
    superuser.run(
        "UPDATE audit_event SET occurred_at = occurred_at - interval '61 minutes' WHERE actor = ?",
        user);

    assertThat(service.value(Boolean.class, RECORD, user)).isTrue();
  }

  @Test
  void an_invented_user_gets_no_row() throws SQLException {
    assertThat(service.value(Boolean.class, RECORD, "invented")).isFalse();
    assertThat(service.count(ROWS, "invented")).isZero();
  }

  @Test
  void concurrent_denials_of_one_user_do_not_exceed_the_limit_or_wait() throws SQLException {
    for (int i = 0; i < 9; i++) {
      service.rows(RECORD, user);
    }
    try (Session other = Session.tokenService()) {
      service.begin();
      assertThat(service.value(Boolean.class, RECORD, user)).isTrue();
      assertThat(other.value(Boolean.class, RECORD, user)).isFalse();
      service.commit();
      assertThat(other.value(Boolean.class, RECORD, user)).isFalse();
    }
    assertThat(service.count(ROWS, user)).isEqualTo(10);
  }
}
