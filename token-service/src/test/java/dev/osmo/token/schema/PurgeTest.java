package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A purge deletes what ended before the retention period, and never anything else. */
class PurgeTest {

  private static final String TOKENS = "SELECT purge_tokens(CAST(? AS interval), ?)";
  private static final String SECRETS = "SELECT purge_secrets(CAST(? AS interval), ?)";
  private static final String REMOVALS = "SELECT purge_role_removals(CAST(? AS interval), ?)";
  private static final String AUDIT = "SELECT purge_audit_events(CAST(? AS interval), ?)";
  private static final String SESSIONS = "SELECT purge_sessions(CAST(? AS interval), ?)";
  private static final String KEYS = "SELECT purge_idempotency_keys(CAST(? AS interval), ?)";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String user;

  @BeforeEach
  void a_user_and_no_row_that_another_test_left_to_purge() throws SQLException {
    user = fixture.user();
    superuser.run("SET session_replication_role = replica");
    superuser.run("UPDATE access_token SET expires_at = now() + interval '1 day'");
    superuser.run("UPDATE access_token_secret SET valid_until = NULL, revoked_at = NULL");
    superuser.run("UPDATE role_removal SET pruned_at = NULL");
    superuser.run("UPDATE audit_event SET occurred_at = now()");
    superuser.run("UPDATE idempotency_key SET created_at = now()");
    superuser.run("DELETE FROM login_session");
  }

  @AfterEach
  void delete_the_user() throws SQLException {
    service.run("DELETE FROM users WHERE id = ?", user);
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  @Tag("I3")
  void an_expired_and_a_revoked_token_are_purged_after_the_retention_period() throws SQLException {
    String live = fixture.token(user);
    String suspended = fixture.token(user);
    String expired = expired("31 days");
    String expiredLater = expired("29 days");
    String revoked = revoked("31 days");
    String revokedLater = revoked("29 days");
    superuser.run(
        "UPDATE access_token SET suspended_at = now() - interval '1 year' WHERE id = ?", suspended);

    assertThat(service.count(TOKENS, "30 days", 100)).isEqualTo(2);

    assertThat(tokens()).containsExactlyInAnyOrder(live, suspended, expiredLater, revokedLater);
    assertThat(
            service.column(
                String.class,
                "SELECT pat_id FROM audit_event WHERE user_id = ? AND action = 'token.purged'",
                user))
        .containsExactlyInAnyOrder(expired, revoked);
  }

  @Test
  void sessions_are_purged_after_the_retention_period_and_never_within_a_week()
      throws SQLException {
    session("10 days", null);
    session("-29 days", null);
    session("-31 days", null);
    session("10 days", "-31 days");
    session("-8 days", null);
    session("10 days", "-6 days");

    assertThat(service.count(SESSIONS, null, 100)).isZero();
    assertThat(service.count(SESSIONS, "30 days", 1)).isEqualTo(1);
    assertThat(service.count(SESSIONS, "30 days", 100)).isEqualTo(1);
    assertThat(service.count(SESSIONS, "0", 100)).isEqualTo(2);
  }

  private void session(String expires, String ended) throws SQLException {
    superuser.run(
        """
        INSERT INTO login_session (user_id, provider, issuer, subject, client_id, expires_at, ended_at)
        VALUES (?, 'test', 'https://idp.test', ?, 'osmo-cli', now() + ?::interval, now() + ?::interval)
        """,
        user,
        user,
        expires,
        ended);
  }

  @Test
  void replaced_secrets_are_purged_and_the_last_secret_of_a_token_is_kept() throws SQLException {
    String live = fixture.token(user);
    UUID current = fixture.secretOf(live);
    secret(live, "NULL", "now() - interval '31 days'");
    UUID recent = secret(live, "NULL", "now() - interval '29 days'");
    UUID inGrace = secret(live, "NULL", "now() + interval '1 hour'");
    String revoked = revoked("31 days");
    UUID last = fixture.secretOf(revoked);
    secret(revoked, "now() - interval '40 days'", "NULL");

    assertThat(service.count(SECRETS, "30 days", 100)).isEqualTo(2);

    assertThat(secrets()).containsExactlyInAnyOrder(current, recent, inGrace, last);
  }

  /** Random ends around the cutoff, judged by a rule that is written once more here. */
  @Test
  @Tag("I3")
  void a_purge_deletes_exactly_what_ended_before_the_cutoff() throws SQLException {
    Random random = new Random(20);
    List<String> mustStay = new ArrayList<>();
    List<String> liveSecrets = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String token = fixture.token(user);
      double tokenEnd = end(random);
      superuser.run(
          "UPDATE access_token SET expires_at = now() + ? * interval '1 day' WHERE id = ?",
          tokenEnd,
          token);
      superuser.run("DELETE FROM access_token_secret WHERE token_id = ?", token);
      double lastSecret = Double.NEGATIVE_INFINITY;
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        String revokedAt = random.nextInt(3) == 0 ? days(end(random)) : "NULL";
        String validUntil = random.nextInt(2) == 0 ? days(end(random)) : "NULL";
        UUID secret = secret(token, revokedAt, validUntil);
        double ends = Math.min(number(revokedAt), number(validUntil));
        lastSecret = Math.max(lastSecret, ends);
        if (ends > -10) {
          liveSecrets.add(secret.toString());
        }
      }
      if (Math.min(tokenEnd, lastSecret) > -10) {
        mustStay.add(token);
      }
    }
    liveSecrets.removeIf(id -> !ofTokens(id, mustStay));

    drain(SECRETS, "10 days");
    drain(TOKENS, "10 days");

    assertThat(tokens()).containsExactlyInAnyOrderElementsOf(mustStay);
    assertThat(secrets().stream().map(UUID::toString)).containsAll(liveSecrets);
  }

  @Test
  void five_thousand_expired_tokens_and_replaced_secrets_go_in_batches() throws SQLException {
    String live = fixture.token(user);
    many_dead_rows(live, 5_000);

    assertThat(service.count(SECRETS, "30 days", 200)).isEqualTo(200);
    assertThat(drain(SECRETS, "30 days")).isEqualTo(4_800);
    assertThat(service.count(TOKENS, "30 days", 200)).isBetween(200L, 400L);
    drain(TOKENS, "30 days");

    assertThat(tokens()).containsExactly(live);
    assertThat(secrets()).containsExactly(fixture.secretOf(live));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-5, 1", "1000000, 1000"})
  void the_size_of_a_batch_is_bounded(int batch, int purged) throws SQLException {
    many_dead_rows(fixture.token(user), 1_200);

    assertThat(service.count(SECRETS, "30 days", batch)).isEqualTo(purged);
  }

  @Test
  void two_replicas_purge_different_rows_and_do_not_wait() throws SQLException {
    String live = fixture.token(user);
    many_dead_rows(live, 300);
    String other = fixture.user();
    try (Session replica = Session.tokenService()) {
      replica.run("SET lock_timeout = '1ms'");
      service.begin();
      assertThat(service.count(SECRETS, "30 days", 200)).isEqualTo(200);
      service.count(TOKENS, "30 days", 200);
      replica.begin();
      assertThat(replica.count(SECRETS, "30 days", 200)).isEqualTo(100);
      expiredOf(other, "31 days");
      assertThat(replica.count(TOKENS, "30 days", 200)).isLessThanOrEqualTo(1);
      replica.commit();
      service.commit();
    }
    drain(TOKENS, "30 days");

    assertThat(tokens()).containsExactly(live);
    assertThat(
            service.count(
                "SELECT count(*) - count(DISTINCT pat_id) FROM audit_event WHERE action = 'token.purged' AND user_id IN (?, ?)",
                user,
                other))
        .isZero();
  }

  @Test
  void a_purge_leaves_what_another_transaction_has_locked() throws SQLException {
    String token = expired("31 days");
    try (Session exchange = Session.authExchange();
        Session administrator = Session.tokenService()) {
      service.run("SET lock_timeout = '1ms'");
      administrator.begin();
      administrator.rows("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", user);
      assertThat(service.count(TOKENS, "30 days", 100)).isZero();
      administrator.rollback();

      exchange.begin();
      exchange.rows("SELECT record_use(ARRAY[?]::uuid[], ARRAY[now()])", fixture.secretOf(token));
      assertThat(service.count(TOKENS, "30 days", 100)).isZero();
      exchange.rollback();
    }
    assertThat(service.count(TOKENS, "30 days", 100)).isOne();
  }

  /** A stolen password of token-service deletes nothing that an investigation needs. */
  @ParameterizedTest
  @CsvSource({"0 seconds", "-10 years", "167 hours"})
  @Tag("I4")
  void no_retention_goes_below_the_minimum_of_the_database(String asked) throws SQLException {
    expired("167 hours");
    revoked("167 hours");
    String live = fixture.token(user);
    secret(live, "NULL", "now() - interval '167 hours'");
    UUID removal = removal("now() - interval '167 hours'");
    audit("29 days 23 hours");
    key("23 hours");

    for (String purge : List.of(SECRETS, TOKENS, REMOVALS, AUDIT, KEYS)) {
      assertThat(service.count(purge, asked, 1000)).as(purge).isZero();
    }
    assertThat(tokens()).hasSize(3);
    assertThat(service.count("SELECT count(*) FROM role_removal WHERE assignment_id = ?", removal))
        .isOne();
  }

  @Test
  void a_purge_without_a_retention_period_deletes_nothing() throws SQLException {
    String token = expired("10 years");

    service.rows(
        "SELECT purge_tokens(NULL, 100), purge_secrets(NULL, 100), purge_audit_events(NULL, 100)");

    assertThat(tokens()).containsExactly(token);
  }

  @Test
  @Tag("I8")
  void pruned_removals_are_purged_and_removals_that_wait_for_pruning_are_kept()
      throws SQLException {
    UUID waiting = removal("NULL");
    superuser.run(
        "UPDATE role_removal SET removed_at = now() - interval '9 years' WHERE assignment_id = ?",
        waiting);
    UUID recent = removal("now() - interval '399 days'");
    removal("now() - interval '401 days'");

    assertThat(service.count(REMOVALS, "400 days", 100)).isOne();

    assertThat(
            service.column(
                UUID.class, "SELECT assignment_id FROM role_removal WHERE user_id = ?", user))
        .containsExactlyInAnyOrder(waiting, recent);
  }

  @Test
  void audit_events_and_idempotency_keys_are_purged_after_their_retention_period()
      throws SQLException {
    audit("401 days");
    audit("399 days");
    key("25 hours");
    key("23 hours");

    assertThat(service.count(AUDIT, "400 days", 100)).isOne();
    assertThat(service.count(KEYS, "24 hours", 100)).isOne();

    assertThat(service.count("SELECT count(*) FROM audit_event WHERE user_id = ?", user)).isOne();
    assertThat(service.count("SELECT count(*) FROM idempotency_key WHERE user_id = ?", user))
        .isOne();
  }

  /** The purge deletes many tokens at once, so their origins must go as fast. */
  @Test
  void expired_origins_of_deleted_tokens_are_purged_too() throws SQLException {
    superuser.run("DELETE FROM deleted_token_origin");
    superuser.run(
        "INSERT INTO deleted_token_origin SELECT 'pat_o' || n, 'pat_p' || n, now() - interval '367 days' FROM generate_series(1, 150) n");

    assertThat(service.count("SELECT purge_token_origins(100)")).isEqualTo(100);
    assertThat(service.count("SELECT purge_token_origins(100)")).isEqualTo(50);

    assertThat(superuser.count("SELECT count(*) FROM deleted_token_origin")).isZero();
  }

  /** The counts of PostgreSQL include what functions and triggers read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT count(*) FROM live_secret WHERE token_id = 'TOKEN'; access_token_secret; 500",
        "SELECT count(*) FROM live_token WHERE user_id = 'USER'; access_token; 500",
        "SELECT count(*) FROM live_token WHERE user_id = 'USER'; access_token_secret; 500",
        "INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc) VALUES (gen_random_uuid(), 'TOKEN', sha256(gen_random_uuid()::text::bytea), 'p1', '$argon2id$'); access_token_secret; 500"
      })
  void a_statement_about_live_rows_reads_no_others(String statement, String table, long atMost)
      throws SQLException {
    String live = fixture.token(user);
    many_dead_rows(live, 5_000);
    superuser.run("ANALYZE access_token, access_token_secret");

    service.run("SET enable_seqscan = off"); // as PostgreSQL decides if a table is large
    service.begin();
    service.run(statement.replace("TOKEN", live).replace("USER", user));
    long read =
        service.count(
            "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE schemaname = 'osmo' AND relname = ?",
            table);
    service.rollback();

    assertThat(read).isLessThanOrEqualTo(atMost);
  }

  private void many_dead_rows(String live, int number) throws SQLException {
    superuser.run(
        """
        INSERT INTO access_token (id, user_id, name, expires_at, created_by)
        SELECT 'pat_' || left(md5(? || n), 22), ?, 'dead' || n, now() - interval '31 days', 'test'
          FROM generate_series(1, ?) n
        """,
        user,
        user,
        number);
    superuser.run(
        """
        INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc, valid_until)
        SELECT ?, sha256((? || n)::bytea), 'p1', '$argon2id$', now() - interval '31 days'
          FROM generate_series(1, ?) n
        """,
        live,
        live,
        number);
  }

  private String expired(String ago) throws SQLException {
    return expiredOf(user, ago);
  }

  private String expiredOf(String owner, String ago) throws SQLException {
    String token = fixture.token(owner);
    superuser.run(
        "UPDATE access_token SET expires_at = now() - CAST(? AS interval) WHERE id = ?",
        ago,
        token);
    return token;
  }

  private String revoked(String ago) throws SQLException {
    String token = fixture.token(user);
    superuser.run(
        "UPDATE access_token_secret SET revoked_at = now() - CAST(? AS interval) WHERE token_id = ?",
        ago,
        token);
    return token;
  }

  private UUID secret(String token, String revokedAt, String validUntil) throws SQLException {
    return superuser.value(
        UUID.class,
        "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc, revoked_at, valid_until) VALUES (?, ?, 'p1', '$argon2id$', %s, %s) RETURNING id"
            .formatted(revokedAt, validUntil),
        token,
        Fixture.freshLookup());
  }

  private UUID removal(String prunedAt) throws SQLException {
    UUID assignment = UUID.randomUUID();
    superuser.run(
        "INSERT INTO role_removal (assignment_id, user_id, role_name, removed_by, pruned_at) VALUES (?, ?, 'role', 'test', %s)"
            .formatted(prunedAt),
        assignment,
        user);
    return assignment;
  }

  private void audit(String age) throws SQLException {
    superuser.run(
        "INSERT INTO audit_event (actor, action, user_id, occurred_at) VALUES ('test', 'test.done', ?, now() - CAST(? AS interval))",
        user,
        age);
  }

  private void key(String age) throws SQLException {
    superuser.run(
        "INSERT INTO idempotency_key (user_id, key_hash, request_hash, pat_id, created_at) VALUES (?, ?, '', 'pat_x', now() - CAST(? AS interval))",
        user,
        Fixture.freshLookup(),
        age);
  }

  private long drain(String purge, String retention) throws SQLException {
    long all = 0;
    long purged;
    do {
      purged = service.count(purge, retention, 200);
      assertThat(purged).isLessThanOrEqualTo(400);
      all += purged;
    } while (purged > 0);
    return all;
  }

  private List<String> tokens() throws SQLException {
    return service.column(
        String.class, "SELECT id FROM access_token WHERE user_id = ? ORDER BY id", user);
  }

  private Set<UUID> secrets() throws SQLException {
    return new TreeSet<>(
        service.column(
            UUID.class,
            "SELECT s.id FROM access_token_secret s JOIN access_token t ON t.id = s.token_id WHERE t.user_id = ?",
            user));
  }

  private boolean ofTokens(String secret, List<String> tokens) {
    try {
      return tokens.contains(
          superuser.value(
              String.class,
              "SELECT token_id FROM access_token_secret WHERE id = CAST(? AS uuid)",
              secret));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Days from now: half of them before the cutoff of ten days ago, none near it. */
  private static double end(Random random) {
    return random.nextBoolean() ? -10.01 - random.nextInt(30) : -9.99 + random.nextInt(30);
  }

  private static String days(double days) {
    return "now() + " + days + " * interval '1 day'";
  }

  private static double number(String end) {
    return end.equals("NULL") ? Double.POSITIVE_INFINITY : Double.parseDouble(end.split(" ", 4)[2]);
  }
}
