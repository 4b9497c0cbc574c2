package dev.osmo.token.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a sign-in reads of a user with thousands of ended sessions, under the user's lock. */
@QuarkusTest
@Tag("I10")
class UsableSessionsTest {

  private static final String SESSIONS =
      """
      INSERT INTO login_session (user_id, provider, issuer, subject, client_id, expires_at, ended_at)
      SELECT ?, 'corp', 'https://idp.test', 's', 'cli', now() + interval '1 day',
             CASE WHEN n > 3 THEN clock_timestamp() END
        FROM generate_series(1, ?) n
      """;
  private static final String ROWS_READ =
      """
      SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
        FROM pg_stat_xact_user_tables WHERE relname = 'login_session'
      """;

  @Test
  void a_sign_in_reads_the_sessions_that_can_be_used() throws SQLException {
    Person user = People.with("osmo-user");
    People.execute(SESSIONS, user.id(), 5_000);
    People.execute("ANALYZE login_session");

    assertThat(sessionsReadByEnding(user)).isBetween(3L, 10L);
  }

  /** On its own connection, whose counters begin at zero. No session is beyond the kept ones. */
  private static long sessionsReadByEnding(Person user) throws SQLException {
    try (Connection connection = Stage.current().postgres().connectAsSuperuser();
        Statement sql = connection.createStatement()) {
      sql.execute("SET search_path = osmo");
      sql.execute("SET enable_seqscan = off");
      sql.execute(
          LoginSessions.END
              .replace(":user", "'" + user.id() + "'")
              .replace(":actor", "''")
              .replace(":reason", "''")
              .replace(":request", "''")
              .replace(":via", "''")
              .replace(":jti", "''")
              .replace(":kept", "49"));
      try (ResultSet read = sql.executeQuery(ROWS_READ)) {
        read.next();
        return read.getLong(1);
      }
    }
  }
}
