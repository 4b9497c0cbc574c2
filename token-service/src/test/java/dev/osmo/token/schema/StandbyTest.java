package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.PostgresNode;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.waiting.Patience;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a standby answers to statements that decide. */
@Tag("I2")
class StandbyTest {

  private static final String STANDBY = "25006";

  private static StreamingPair pair;

  @BeforeAll
  static void start() {
    pair = StreamingPair.start();
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT require_primary('')",
        "SELECT id FROM users WHERE require_primary('') AND id = 'nobody'",
        "SELECT s.id FROM usable_secret s WHERE require_primary('') AND s.token_id = 'none'",
        "SELECT now.at FROM (SELECT clock_timestamp() AS at) now LEFT JOIN users ON false WHERE require_primary('')"
      })
  void a_decision_fails_on_a_standby_also_if_no_row_matches(String statement) throws SQLException {
    for (String user :
        new String[] {MigratedPostgres.TOKEN_SERVICE, MigratedPostgres.AUTH_EXCHANGE}) {
      try (Connection standby = connect(pair.second(), user);
          Statement decision = standby.createStatement()) {
        assertThatThrownBy(() -> decision.executeQuery(statement))
            .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
            .returns(STANDBY, SQLException::getSQLState);
      }
    }
  }

  @Test
  void a_standby_closes_the_connection_of_a_decision() throws SQLException {
    try (Connection standby = connect(pair.second(), MigratedPostgres.AUTH_EXCHANGE);
        Statement decision = standby.createStatement()) {
      assertThatThrownBy(() -> decision.executeQuery("SELECT require_primary('')"))
          .isInstanceOf(SQLException.class);

      await().atMost(Patience.LONG).until(() -> !standby.isValid(10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00000001"})
  void a_primary_decides(String timeline) throws SQLException {
    try (Connection primary = connect(pair.first(), MigratedPostgres.TOKEN_SERVICE);
        Statement decision = primary.createStatement()) {
      assertThat(
              decision
                  .executeQuery("SELECT 1 WHERE require_primary('%s')".formatted(timeline))
                  .next())
          .isTrue();
    }
  }

  @Test
  void a_primary_that_was_replaced_does_not_decide() throws SQLException {
    try (Connection primary = connect(pair.first(), MigratedPostgres.TOKEN_SERVICE);
        Statement decision = primary.createStatement()) {
      assertThatThrownBy(() -> decision.executeQuery("SELECT 1 WHERE require_primary('00000002')"))
          .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
          .returns(STANDBY, SQLException::getSQLState);
    }
  }

  private static Connection connect(PostgresNode node, String user) throws SQLException {
    return DriverManager.getConnection(
        MigratedPostgres.jdbcUrl(node.port()), user, MigratedPostgres.PASSWORD);
  }
}
