package dev.osmo.token.pat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requests read of a token with thousands of replaced secrets. */
@QuarkusTest
class LiveRowsTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String REPLACED_SECRETS =
      """
      INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc, valid_until)
      SELECT ?, sha256((? || n)::bytea), 't1', '$argon2id$x', now() - interval '1 day'
        FROM generate_series(1, ?) n
      """;
  private static final String ROWS_READ =
      """
      SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
        FROM pg_stat_xact_user_tables WHERE relname = 'access_token_secret'
      """;

  private final Person user = People.with("osmo-user");

  @BeforeEach
  void replaced_secrets() {
    People.execute(REPLACED_SECRETS, user.patId(), user.patId(), 5_000);
    People.execute("ANALYZE access_token, access_token_secret");
  }

  @Test
  void a_rotation_reads_the_live_secrets() throws SQLException {
    assertThat(secretsReadBy(Secrets.LIVE)).isEqualTo(1);

    Api.as(user).post(TOKENS + "/login/rotate").then().statusCode(200);

    assertThat(secretsReadBy(Secrets.LIVE)).isEqualTo(2);
  }

  @Test
  void one_token_is_shown_with_its_live_and_its_newest_secrets() throws SQLException {
    Api.as(user).get(TOKENS + "/login").then().statusCode(200).body("secrets", hasSize(101));

    assertThat(secretsReadBy(Secrets.LIVE_AND_NEWEST)).isLessThan(500);
  }

  /** On its own connection, whose counters begin at zero. No large table is read sequentially. */
  private long secretsReadBy(String statement) throws SQLException {
    try (Connection connection = Stage.current().postgres().connectAsSuperuser();
        Statement sql = connection.createStatement()) {
      sql.execute("SET search_path = osmo");
      sql.execute("SET enable_seqscan = off");
      sql.execute(statement.replace(":token", "'" + user.patId() + "'"));
      try (ResultSet read = sql.executeQuery(ROWS_READ)) {
        read.next();
        return read.getLong(1);
      }
    }
  }
}
