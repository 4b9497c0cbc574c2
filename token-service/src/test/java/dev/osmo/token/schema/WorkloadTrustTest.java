package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the database itself guarantees about the trust of a token in a workload. */
class WorkloadTrustTest {

  private static final String TOKEN =
      """
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      VALUES (?, ?, ?, now() + interval '31 days', ?)
      """;
  private static final String TRUST =
      """
      INSERT INTO access_token_secret (id, token_id, trusted_issuer, trusted_audience, trusted_subject)
      VALUES (?, ?, 'https://issuer.test', 'osmo', 'job-7')
      """;

  private final Fixture people = new Fixture();
  private final Session service = Session.tokenService();
  private final Session exchange = Session.authExchange();

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
  }

  @Test
  void a_token_can_trust_a_workload_instead_of_having_a_secret() throws SQLException {
    String token = trusting();

    assertThat(
            service.value(
                String.class, "SELECT state FROM access_token_with_state WHERE id = ?", token))
        .isEqualTo("active");
  }

  @Test
  @Tag("I4")
  void a_token_with_a_secret_gets_no_trust_later() throws SQLException {
    String token = people.token(user);

    refused(service, "is fixed at its creation", TRUST, UUID.randomUUID(), token);
  }

  @Test
  @Tag("I4")
  void a_token_with_a_trust_gets_no_secret_and_no_second_trust() throws SQLException {
    String token = trusting();

    refused(service, "is fixed at its creation", TRUST, UUID.randomUUID(), token);
    refused(
        service,
        "has no other credential",
        """
        INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc)
        VALUES (?, ?, ?, 'p1', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA')
        """,
        UUID.randomUUID(),
        token,
        Fixture.freshLookup());
  }

  @Test
  @Tag("I4")
  void the_creating_transaction_cannot_mix_them_either() throws SQLException {
    service.begin();
    String token = Fixture.tokenIn(service, user);

    refused(service, "has no other credential", TRUST, UUID.randomUUID(), token);
    service.rollback();
  }

  @Test
  void a_credential_is_completely_one_or_the_other() throws SQLException {
    for (String columns :
        new String[] {
          "trusted_issuer) VALUES (?, ?, 'https://issuer.test')",
          "trusted_audience, trusted_subject) VALUES (?, ?, 'osmo', 'job-7')",
          "trusted_issuer, trusted_audience, trusted_subject, pepper_id)"
              + " VALUES (?, ?, 'https://issuer.test', 'osmo', 'job-7', 'p1')",
          "pepper_id) VALUES (?, ?, 'p1')"
        }) {
      service.begin();
      String token = newToken();
      refused(
          service,
          "access_token_secret_kind",
          "INSERT INTO access_token_secret (id, token_id, " + columns,
          UUID.randomUUID(),
          token);
      service.rollback();
    }
  }

  @Test
  @Tag("I4")
  void neither_service_can_change_a_trust_and_the_exchange_cannot_add_one() throws SQLException {
    String token = trusting();

    for (Session session : new Session[] {service, exchange}) {
      for (String column : new String[] {"trusted_issuer", "trusted_audience", "trusted_subject"}) {
        refused(
            session,
            "permission denied",
            "UPDATE access_token_secret SET " + column + " = 'x' WHERE token_id = ?",
            token);
      }
    }
    refused(exchange, "permission denied", TRUST, UUID.randomUUID(), token);
  }

  @Test
  void a_deleted_token_leaves_no_lookup_that_a_leak_report_could_find() throws SQLException {
    String token = trusting();
    service.run("DELETE FROM access_token WHERE id = ?", token);

    Session superuser = Session.superuser();
    assertThat(
            superuser.value(
                Long.class,
                "SELECT count(*) FROM deleted_secret WHERE token_id = ? AND lookup IS NULL",
                token))
        .isEqualTo(1L);
    superuser.close();
  }

  private String trusting() throws SQLException {
    service.begin();
    String token = newToken();
    service.run(TRUST, UUID.randomUUID(), token);
    service.commit();
    return token;
  }

  private String newToken() throws SQLException {
    String id = Fixture.freshTokenId();
    service.run(TOKEN, id, user, Fixture.fresh("name"), user);
    return id;
  }

  private static void refused(Session session, String why, String sql, Object... parameters) {
    assertThatThrownBy(() -> session.run(sql, parameters))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(why);
  }
}
