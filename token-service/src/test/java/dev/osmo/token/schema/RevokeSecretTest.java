package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The function revokes exactly the secret that was presented. */
@Tag("I3")
class RevokeSecretTest {

  private static final String REVOKE = "SELECT revoke_secret(?, ?)";

  private final Fixture fixture = new Fixture();
  private final Session exchange = Session.authExchange();
  private final Session service = Session.tokenService();

  @AfterEach
  void close() {
    fixture.close();
    exchange.close();
    service.close();
  }

  @Test
  void a_valid_secret_is_revoked_with_its_reason_and_one_audit_row() throws SQLException {
    String user = fixture.user();
    String token = fixture.token(user);

    boolean ended = revoke(lookupOf(token), "reported as leaked");

    assertThat(ended).isTrue();
    assertThat(
            service.rows(
                "SELECT revoked_at IS NOT NULL AS ended, reason FROM access_token_secret WHERE token_id = ?",
                token))
        .containsExactly(Map.of("ended", true, "reason", "reported as leaked"));
    assertThat(auditOf(token))
        .containsExactly(
            Map.of(
                "actor", "osmo_auth_exchange",
                "action", "secret.revoked",
                "user_id", user,
                "reason", "reported as leaked"));
  }

  @Test
  void a_second_revocation_changes_nothing() throws SQLException {
    String token = fixture.token(fixture.user());
    revoke(lookupOf(token), "first");

    boolean ended = revoke(lookupOf(token), "second");

    assertThat(ended).isFalse();
    assertThat(auditOf(token)).hasSize(1);
    assertThat(reasonsOf(token)).containsExactly("first");
  }

  @Test
  void two_concurrent_revocations_revoke_once() throws Exception {
    String token = fixture.token(fixture.user());
    byte[] lookup = lookupOf(token);
    try (Session other = Session.authExchange();
        Waiting waiting = new Waiting()) {
      exchange.begin();
      assertThat(revoke(lookup, "first")).isTrue();
      CompletableFuture<Integer> second =
          waiting.untilBlocked(
              other, () -> other.value(Boolean.class, REVOKE, lookup, "second") ? 1 : 0);
      exchange.commit();
      assertThat(second.join()).isZero();
    }

    assertThat(auditOf(token)).hasSize(1);
  }

  @Test
  void the_other_secret_of_the_token_stays_valid() throws SQLException {
    String token = fixture.token(fixture.user());
    byte[] lookup = lookupOf(token);
    UUID other = Fixture.secretIn(service, token);

    revoke(lookup, "rotated");

    assertThat(
            service.count(
                "SELECT count(*) FROM access_token_secret WHERE id = ? AND revoked_at IS NULL",
                other))
        .isEqualTo(1);
  }

  @Test
  void a_secret_that_expired_by_rotation_is_not_revoked() throws SQLException {
    String token = fixture.token(fixture.user());
    byte[] lookup = lookupOf(token);
    service.rows("SELECT end_secret(?, clock_timestamp())", fixture.secretOf(token));

    boolean ended = revoke(lookup, "too late");

    assertThat(ended).isFalse();
    assertThat(auditOf(token)).isEmpty();
    assertThat(
            service.count(
                "SELECT count(*) FROM access_token_secret WHERE token_id = ? AND revoked_at IS NOT NULL",
                token))
        .isZero();
  }

  @Test
  void a_secret_in_its_grace_is_revoked() throws SQLException {
    String token = fixture.token(fixture.user());
    service.rows(
        "SELECT end_secret(?, clock_timestamp() + interval '1 hour')", fixture.secretOf(token));

    assertThat(revoke(lookupOf(token), "in its grace")).isTrue();

    assertThat(auditOf(token)).hasSize(1);
  }

  @Test
  void an_unknown_lookup_revokes_nothing() throws SQLException {
    assertThat(revoke(Fixture.freshLookup(), "guess")).isFalse();
    assertThat(exchange.value(Boolean.class, "SELECT revoke_secret(NULL, NULL)")).isFalse();
  }

  @Test
  void a_long_reason_is_truncated() throws SQLException {
    String token = fixture.token(fixture.user());

    revoke(lookupOf(token), "x".repeat(10_000));

    assertThat(reasonsOf(token)).containsExactly("x".repeat(200));
  }

  @Test
  void a_revoked_secret_cannot_be_revived() throws SQLException {
    String token = fixture.token(fixture.user());
    revoke(lookupOf(token), "leaked");
    String revive = "UPDATE access_token_secret SET revoked_at = NULL WHERE token_id = ?";

    service.refuses(Session.PERMISSION_DENIED, revive, token);
    exchange.refuses(Session.PERMISSION_DENIED, revive, token);
  }

  @Test
  @Tag("I1")
  void the_audit_row_does_not_contain_the_lookup() throws SQLException {
    String token = fixture.token(fixture.user());
    byte[] lookup = lookupOf(token);

    revoke(lookup, "leaked");

    assertThat(
            service.value(
                String.class,
                "SELECT audit_event::text FROM audit_event WHERE action = 'secret.revoked' AND pat_id = ?",
                token))
        .doesNotContain(HexFormat.of().formatHex(lookup));
  }

  private boolean revoke(byte[] lookup, String why) throws SQLException {
    return exchange.value(Boolean.class, REVOKE, lookup, why);
  }

  private byte[] lookupOf(String token) throws SQLException {
    return exchange.value(
        byte[].class, "SELECT lookup FROM access_token_secret WHERE token_id = ?", token);
  }

  private List<String> reasonsOf(String token) throws SQLException {
    return service.column(
        String.class, "SELECT reason FROM access_token_secret WHERE token_id = ?", token);
  }

  private List<Map<String, Object>> auditOf(String token) throws SQLException {
    return service.rows(
        "SELECT actor, action, user_id, details ->> 'reason' AS reason FROM audit_event WHERE action = 'secret.revoked' AND pat_id = ?",
        token);
  }
}
