package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No statement that token-service may run makes an expired or revoked secret valid again. */
@Tag("I3")
class IrreversibleStatesTest {

  private static final String MOVE = "SELECT move_expiry(?, now() + ?::interval)";
  private static final String INSERT_SECRET =
      "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 'p1', '$argon2id$x')";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String token;

  @BeforeEach
  void a_token() throws SQLException {
    token = fixture.token(fixture.user());
  }

  @AfterEach
  void close() {
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  void a_third_live_secret_is_refused() throws SQLException {
    Fixture.secretIn(service, token);

    service.refuses(Session.INTEGRITY_VIOLATION, INSERT_SECRET, token, Fixture.freshLookup());
  }

  @Test
  void a_revoked_token_gets_no_new_secret() throws SQLException {
    service.rows("SELECT revoke_tokens(ARRAY[?], 'test')", token);

    service.refuses(Session.INTEGRITY_VIOLATION, INSERT_SECRET, token, Fixture.freshLookup());
  }

  @Test
  void an_expired_token_gets_neither_a_new_secret_nor_a_new_expiry() throws SQLException {
    superuser.run("UPDATE access_token SET expires_at = now() WHERE id = ?", token);

    service.refuses(Session.INTEGRITY_VIOLATION, INSERT_SECRET, token, Fixture.freshLookup());
    assertThat(service.value(Boolean.class, MOVE, token, "1 day")).isFalse();
  }

  @Test
  void an_expiry_moves_by_a_year_at_most() throws SQLException {
    assertThat(service.value(Boolean.class, MOVE, token, "364 days")).isTrue();
    assertThat(service.value(Boolean.class, MOVE, token, "367 days")).isFalse();
  }

  @Test
  void the_expiry_of_a_secret_only_moves_closer() throws SQLException {
    UUID secret = fixture.secretOf(token);
    service.rows("SELECT end_secret(?, now() + interval '1 hour')", secret);

    service.rows("SELECT end_secret(?, now() + interval '2 hours')", secret);
    service.rows("SELECT end_secret(?, NULL)", secret);

    assertThat(
            service.value(
                Boolean.class,
                "SELECT valid_until < now() + interval '61 minutes' FROM access_token_secret WHERE id = ?",
                secret))
        .isTrue();
  }

  @Test
  void a_used_secret_cannot_be_replaced_like_an_unused_one() throws SQLException {
    UUID secret = fixture.secretOf(token);
    String end = "SELECT end_unused_secret(?, now() + interval '1 hour')";
    assertThat(service.value(Boolean.class, end, secret)).isTrue();
    superuser.run("SELECT record_use(ARRAY[?], ARRAY[now()])", secret);

    assertThat(service.value(Boolean.class, "SELECT end_unused_secret(?, now())", secret))
        .isFalse();

    assertThat(
            service.value(
                Boolean.class,
                "SELECT valid_until > now() + interval '59 minutes' FROM access_token_secret WHERE id = ?",
                secret))
        .isTrue();
  }

  @Test
  void a_second_revocation_keeps_the_first_reason() throws SQLException {
    service.rows("SELECT revoke_tokens(ARRAY[?], 'first')", token);

    assertThat(service.rows("SELECT revoke_tokens(ARRAY[?], 'second')", token)).isEmpty();

    assertThat(
            service.value(
                String.class, "SELECT reason FROM access_token_secret WHERE token_id = ?", token))
        .isEqualTo("first");
  }
}
