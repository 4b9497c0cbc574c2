package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signing key changes from pending to active, retiring and gone, and never back. */
class SigningKeyLifeTest {

  private static final String MOVE = "UPDATE signing_key SET state = ? WHERE kid = 'k'";

  private final Session superuser = Session.superuser();
  private final Session exchange = Session.authExchange();

  @BeforeEach
  void empty() throws SQLException {
    superuser.run("DELETE FROM signing_key");
  }

  @AfterEach
  void close() throws SQLException {
    superuser.run("DELETE FROM signing_key");
    exchange.close();
    superuser.close();
  }

  @ParameterizedTest
  @CsvSource({
    "active, pending",
    "retiring, active",
    "retiring, pending",
    "gone, retiring",
    "gone, active",
    "gone, pending"
  })
  void a_state_never_returns_to_an_earlier_one(String state, String earlier) throws SQLException {
    exchange.run(insert("k", "pending"));
    exchange.run(MOVE, state);

    exchange.refuses(Session.INTEGRITY_VIOLATION, MOVE, earlier);
  }

  @Test
  void a_gone_key_has_no_private_key() throws SQLException {
    exchange.run(insert("k", "active"));

    exchange.run(MOVE, "gone");

    assertThat(
            superuser.column(
                Integer.class, "SELECT octet_length(private_key) FROM signing_key WHERE kid = 'k'"))
        .containsExactly(0);
  }

  @Test
  void each_state_keeps_its_time() throws SQLException {
    exchange.run(insert("k", "pending"));

    exchange.run(MOVE, "active");
    exchange.run(MOVE, "retiring");
    exchange.run(MOVE, "gone");

    assertThat(
            superuser.column(
                Boolean.class,
                """
                SELECT created_at <= activated_at AND activated_at <= retired_at AND retired_at <= gone_at
                  FROM signing_key
                """))
        .containsExactly(true);
  }

  @Test
  void each_state_change_has_an_audit_row_of_the_exchange() throws SQLException {
    String kid = "audited-" + System.nanoTime();
    exchange.run(insert(kid, "pending"));

    exchange.run("UPDATE signing_key SET state = 'active' WHERE kid = ?", kid);

    assertThat(
            superuser.column(
                String.class,
                "SELECT actor || ' ' || action FROM audit_event WHERE details ->> 'kid' = ? ORDER BY id",
                kid))
        .containsExactly(
            "osmo_auth_exchange signing-key.pending", "osmo_auth_exchange signing-key.active");
  }

  @Test
  void two_keys_cannot_be_pending_or_active_at_once() throws SQLException {
    exchange.run(insert("k", "pending"));
    exchange.run(insert("a", "active"));

    exchange.refuses("23505", insert("l", "pending"));
    exchange.refuses("23505", insert("b", "active"));
  }

  @Test
  void the_retention_of_a_key_only_grows() throws SQLException {
    exchange.run(insert("k", "active"));

    exchange.run("UPDATE signing_key SET afterlife = '1 day' WHERE kid = 'k'");
    exchange.run("UPDATE signing_key SET afterlife = '1 minute' WHERE kid = 'k'");

    assertThat(
            superuser.column(
                Boolean.class, "SELECT afterlife = '1 day' FROM signing_key WHERE kid = 'k'"))
        .containsExactly(true);
  }

  private static String insert(String kid, String state) {
    return """
        INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state)
        VALUES ('%s', 'ES256', '{}', '\\x766963', '%s')
        """
        .formatted(kid, state);
  }
}
