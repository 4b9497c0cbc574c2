package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which notices are due, that each is planned once, and that one replica at a time has it. */
class ExpiryNoticeTest {

  private static final String PLAN = "SELECT plan_expiry_notices(?::integer[], ?::text[], ?)";
  private static final String CLAIM =
      "SELECT * FROM claim_expiry_notices(?, interval '5 minutes', interval '3 days', ?)";
  private static final String RECORD = "SELECT record_expiry_notice(?, ?, ?, CAST(? AS interval))";
  private static final String POLICY = "{30,7,1}";
  private static final String LONG_AGO = "-300 days";

  private final Fixture fixture = new Fixture();
  private final Session service = Session.tokenService();
  private final Session superuser = Session.superuser();
  private String user;

  @BeforeEach
  void no_token_of_another_test_expires_soon() throws SQLException {
    user = fixture.user();
    superuser.run("SET session_replication_role = replica");
    superuser.run("UPDATE access_token SET expires_at = now() + interval '300 days'");
    superuser.run("DELETE FROM expiry_notice");
    superuser.run("DELETE FROM expiry_notice_pass");
  }

  @AfterEach
  void delete_the_user() throws SQLException {
    service.run("DELETE FROM users WHERE id = ?", user);
    fixture.close();
    service.close();
    superuser.close();
  }

  @Test
  void each_webhook_gets_a_notice_at_each_threshold_once() throws SQLException {
    plan();
    String token = token(LONG_AGO, "31 days");
    plan();
    assertThat(notices(token)).isEmpty();

    for (String left : List.of("29 days", "29 days", "8 days", "6 days", "1 hour", "1 minute")) {
      timePasses(token, left);
      plan();
      plan();
    }

    assertThat(notices(token))
        .containsExactly("1 chat", "1 mail", "7 chat", "7 mail", "30 chat", "30 mail");
  }

  /** The first time that notices are sent, and after an outage. */
  @ParameterizedTest
  @CsvSource({"29 days, 30", "8 days, 30", "6 days, 7", "23 hours, 1", "-1 hour, ", "31 days, "})
  void a_token_gets_the_notice_of_the_smallest_threshold_that_it_has_reached(
      String left, String threshold) throws SQLException {
    String token = token(LONG_AGO, left);

    plan();

    assertThat(notices(token))
        .isEqualTo(
            threshold == null ? List.of() : List.of(threshold + " chat", threshold + " mail"));
  }

  /** Nobody needs a notice about what was decided just now. */
  @ParameterizedTest
  @CsvSource({
    "0 days, 29 days 23 hours, ",
    "-1 minute, 29 days 23 hours 59 minutes, ",
    "-2 days, 29 days, 30",
    "-1 hour, 6 days, ",
    "-20 days, 6 days, 7",
    "-1 hour, 23 hours, "
  })
  void a_threshold_that_the_expiry_was_set_to_is_left_out(
      String created, String left, String threshold) throws SQLException {
    String token = token(created, left);

    plan();

    assertThat(notices(token))
        .isEqualTo(
            threshold == null ? List.of() : List.of(threshold + " chat", threshold + " mail"));
  }

  @Test
  void a_token_that_renews_itself_for_thirty_days_causes_no_notice() throws SQLException {
    String token = token(LONG_AGO, "20 days");
    service.rows("SELECT move_expiry(?, now() + interval '30 days')", token);

    plan();
    timePasses(token, "29 days");
    superuser.run(
        "UPDATE access_token SET extended_at = extended_at - interval '1 day' WHERE id = ?", token);
    plan();

    assertThat(notices(token)).isEmpty();
  }

  @Test
  void an_extended_token_is_noticed_again_before_its_new_expiry() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    plan();
    String first = idOf(token);
    service.rows("SELECT move_expiry(?, now() + interval '200 days')", token);

    assertThat(claim("mail")).extracting(row -> row.get("outcome")).containsExactly("obsolete");

    superuser.run(
        "UPDATE access_token SET extended_at = now() - interval '194 days' WHERE id = ?", token);
    timePasses(token, "6 days");
    plan();
    assertThat(claim("mail"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("outcome")).isNull();
              assertThat(row.get("id")).isNotEqualTo(first);
            });
  }

  /** The clock of another server, a restored backup, a policy that was changed and changed back. */
  @Test
  void what_was_planned_is_not_planned_again_by_a_pass_that_begins_again() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    plan();
    String id = idOf(token);
    deliver(claim("mail").getFirst());

    superuser.run("UPDATE expiry_notice_pass SET expires_at = now() - interval '1 year'");
    plan();
    service.count(PLAN, "{14}", "{mail,chat}", 100);
    plan();

    assertThat(claim("mail")).isEmpty();
    superuser.run("DELETE FROM expiry_notice");
    superuser.run("DELETE FROM expiry_notice_pass");
    plan();
    assertThat(idOf(token)).isEqualTo(id);
  }

  /** Between the statement that reads the tokens and the one that inserts the notices. */
  @Test
  void a_token_that_is_extended_while_it_is_planned_gets_no_notice() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    CompletableFuture<Integer> planning;
    try (Waiting waiting = new Waiting();
        Session owner = Session.tokenService()) {
      superuser.begin();
      superuser.run("LOCK TABLE expiry_notice IN SHARE MODE");
      planning =
          waiting.untilBlocked(
              service, () -> service.value(Integer.class, PLAN, "{7}", "{mail,chat}", 100));
      owner.rows("SELECT move_expiry(?, now() + interval '200 days')", token);
      superuser.commit();
    }

    assertThat(planning.join()).as("it had read the token").isOne();
    assertThat(notices(token)).isEmpty();
  }

  /** Either can change tomorrow, and each threshold is passed only once. */
  @Test
  void an_owner_who_must_sign_in_and_a_token_without_roles_are_noticed() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    superuser.run("UPDATE users SET sign_in_due_at = now() - interval '1 day' WHERE id = ?", user);
    superuser.run("DELETE FROM access_token_role WHERE token_id = ?", token);

    plan();

    assertThat(notices(token)).containsExactly("7 chat", "7 mail");
    assertThat(claim("mail")).extracting(row -> row.get("outcome")).containsExactly((Object) null);
  }

  @Test
  void the_notices_of_a_removed_webhook_are_abandoned_in_batches_and_audited() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    String second = token(LONG_AGO, "6 days");
    String delivered = token(LONG_AGO, "6 days");
    plan();
    superuser.run("UPDATE expiry_notice SET outcome = 'delivered' WHERE token_id = ?", delivered);

    service.count(PLAN, POLICY, "{mail}", 100);
    assertThat(abandoned()).as("another replica may have it for a day").isEmpty();

    superuser.run("UPDATE expiry_notice SET next_attempt_at = now() - interval '25 hours'");
    assertThat(service.count(PLAN, POLICY, "{mail}", 1)).isOne();
    assertThat(abandoned()).containsExactly("chat");
    assertThat(service.count(PLAN, POLICY, "{mail}", 1)).isOne();
    assertThat(service.count(PLAN, POLICY, "{mail}", 1)).isZero();

    assertThat(abandoned()).containsExactly("chat", "chat");
    assertThat(audited(token)).containsExactly("notice.abandoned");
    assertThat(audited(second)).containsExactly("notice.abandoned");
    assertThat(claim("mail")).hasSize(2);
  }

  @Test
  void another_threshold_is_noticed_from_then_on() throws SQLException {
    String token = token(LONG_AGO, "20 days");
    plan();

    timePasses(token, "10 days");
    service.count(PLAN, "{30,14,7,1}", "{mail,chat}", 100);

    assertThat(notices(token)).containsExactly("14 chat", "14 mail", "30 chat", "30 mail");
  }

  @Test
  @Tag("I3")
  void a_token_that_cannot_be_used_is_not_planned() throws SQLException {
    String suspended = token(LONG_AGO, "6 days");
    String revoked = token(LONG_AGO, "6 days");
    superuser.run("UPDATE access_token SET suspended_at = now() WHERE id = ?", suspended);
    superuser.run("UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?", revoked);
    String other = fixture.user();
    String ofDisabled = tokenOf(other, LONG_AGO, "6 days");
    superuser.run("UPDATE users SET disabled_at = now() WHERE id = ?", other);

    plan();

    assertThat(notices(suspended)).isEmpty();
    assertThat(notices(revoked)).isEmpty();
    assertThat(notices(ofDisabled)).isEmpty();
  }

  @Test
  @Tag("I3")
  void a_token_that_cannot_be_used_any_more_is_not_claimed() throws SQLException {
    String suspended = token(LONG_AGO, "6 days");
    String revoked = token(LONG_AGO, "6 days");
    String deleted = token(LONG_AGO, "6 days");
    String other = fixture.user();
    String ofDisabled = tokenOf(other, LONG_AGO, "6 days");
    String good = token(LONG_AGO, "6 days");
    plan();

    superuser.run("UPDATE access_token SET suspended_at = now() WHERE id = ?", suspended);
    superuser.run("UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?", revoked);
    superuser.run("UPDATE users SET disabled_at = now() WHERE id = ?", other);
    service.run("DELETE FROM access_token WHERE id = ?", deleted);
    List<Map<String, Object>> claimed = claim("mail");

    assertThat(claimed)
        .filteredOn(row -> "obsolete".equals(row.get("outcome")))
        .extracting(row -> row.get("token_id"))
        .containsExactlyInAnyOrder(suspended, revoked, ofDisabled);
    assertThat(claimed)
        .filteredOn(row -> row.get("outcome") == null)
        .extracting(row -> row.get("token_id"))
        .containsExactly(good);
    assertThat(claim("mail")).isEmpty();
  }

  @Test
  void two_replicas_claim_different_notices_and_do_not_wait() throws SQLException {
    for (int i = 0; i < 8; i++) {
      token(LONG_AGO, "6 days");
    }
    plan();
    try (Session replica = Session.tokenService()) {
      replica.run("SET lock_timeout = '1ms'");
      service.begin();
      List<Map<String, Object>> ours = service.rows(CLAIM, "mail", 5);
      List<Map<String, Object>> theirs = replica.rows(CLAIM, "mail", 5);
      service.commit();

      assertThat(ours).hasSize(5);
      assertThat(theirs).hasSize(3);
      assertThat(ours)
          .extracting(row -> row.get("id"))
          .doesNotContainAnyElementsOf(theirs.stream().map(row -> row.get("id")).toList());
    }
  }

  @Test
  void two_replicas_plan_at_once_and_do_not_wait() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    plan();
    timePasses(token, "20 hours");
    try (Session replica = Session.tokenService()) {
      replica.run("SET lock_timeout = '1ms'");
      service.begin();
      assertThat(service.count(PLAN, POLICY, "{mail,chat}", 100)).isOne();
      assertThat(replica.count(PLAN, POLICY, "{mail,chat}", 100)).isZero();
      service.commit();
    }
    assertThat(notices(token)).containsExactly("1 chat", "1 mail", "7 chat", "7 mail");
  }

  @Test
  void another_replica_takes_over_when_a_lease_has_ended_and_the_id_stays() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    plan();
    Map<String, Object> first = claim("mail").getFirst();
    assertThat(claim("mail")).isEmpty();

    leaseEnds(token);
    Map<String, Object> second = claim("mail").getFirst();

    assertThat(second.get("id")).isEqualTo(first.get("id"));
    assertThat(second.get("attempt")).isEqualTo(2);
    assertThat(record(first, false, "1 hour")).as("the first attempt decides nothing").isFalse();
    assertThat(record(first, true, "0")).as("but it may have been delivered").isTrue();
    leaseEnds(token);
    assertThat(claim("mail")).isEmpty();
    assertThat(record(second, true, "0")).as("recorded once").isFalse();
    assertThat(audited(token)).containsExactly("notice.delivered");
  }

  @Test
  void what_was_not_delivered_for_too_long_is_given_up_once_and_audited() throws SQLException {
    String token = token(LONG_AGO, "6 days");
    plan();
    record(claim("mail").getFirst(), false, "0");
    superuser.run("UPDATE expiry_notice SET planned_at = now() - interval '73 hours'");

    assertThat(claim("mail")).extracting(row -> row.get("outcome")).containsExactly("abandoned");
    assertThat(claim("mail")).isEmpty();
    assertThat(audited(token)).containsExactly("notice.abandoned");
    assertThat(claim("chat"))
        .as("a first attempt is always made")
        .extracting(row -> row.get("outcome"))
        .containsExactly((Object) null);
  }

  /** The counts of PostgreSQL include what functions read. */
  @Test
  void a_pass_reads_only_the_tokens_that_have_come_nearer() throws SQLException {
    many(20_000);
    superuser.run("ANALYZE access_token, access_token_secret");
    plan();
    service.run("SET enable_seqscan = off"); // as PostgreSQL decides if a table is large
    String token = token(LONG_AGO, "6 days");
    superuser.run(
        "UPDATE expiry_notice_pass SET expires_at = now() + interval '5 days 23 hours', token_id = '' WHERE days = 7");

    service.begin();
    service.count(PLAN, POLICY, "{mail,chat}", 500);
    long read = rowsRead();
    service.commit();

    assertThat(notices(token)).containsExactly("7 chat", "7 mail");
    assertThat(read).isLessThan(100);
  }

  /** Otherwise, the notices of a removed webhook would delay all others. */
  @Test
  void abandoning_a_batch_reads_no_other_notices() throws SQLException {
    many(20_000);
    superuser.run(
        """
        INSERT INTO expiry_notice (id, token_id, expires_at, days, webhook, next_attempt_at)
        SELECT expiry_notice_id(id, expires_at, 30, 'chat'), id, expires_at, 30, 'chat', now() - interval '2 days'
          FROM access_token WHERE user_id = ?
        """,
        user);
    superuser.run("ANALYZE access_token, access_token_secret, expiry_notice");

    service.begin();
    assertThat(service.count(PLAN, POLICY, "{mail}", 10)).isEqualTo(10);
    long read = rowsRead();
    service.commit();

    assertThat(abandoned()).hasSize(10);
    assertThat(read).isLessThan(100);
  }

  /** By this transaction, of the tables of tokens and notices. */
  private long rowsRead() throws SQLException {
    return service.count(
        "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables WHERE schemaname = 'osmo' AND (relname LIKE 'access_token%' OR relname = 'expiry_notice')");
  }

  @Test
  void tokens_with_the_same_expiry_are_planned_in_batches() throws SQLException {
    many(1_050);
    superuser.run("UPDATE access_token SET expires_at = '2099-01-01' WHERE user_id = ?", user);
    superuser.run(
        "UPDATE access_token SET expires_at = now() + interval '6 days' WHERE user_id = ?", user);

    int calls = 0;
    while (service.count(PLAN, POLICY, "{mail}", 100) > 0) {
      calls++;
    }

    assertThat(calls).isEqualTo(11);
    assertThat(superuser.count("SELECT count(*) FROM expiry_notice")).isEqualTo(1_050);
  }

  private void many(int number) throws SQLException {
    superuser.run(
        """
        INSERT INTO access_token (id, user_id, name, expires_at, created_at, created_by)
        SELECT 'pat_' || left(md5(? || n), 22), ?, 'many' || n, now() + interval '40 days' + n * interval '1 minute',
               now() - interval '300 days', 'test'
          FROM generate_series(1, ?) n
        """,
        user,
        user,
        number);
    superuser.run(
        """
        INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc)
        SELECT id, sha256(id::bytea), 'p1', '$argon2id$' FROM access_token WHERE user_id = ?
        """,
        user);
  }

  private String token(String created, String left) throws SQLException {
    return tokenOf(user, created, left);
  }

  private String tokenOf(String owner, String created, String left) throws SQLException {
    String token = fixture.token(owner);
    superuser.run(
        "UPDATE access_token SET created_at = now() + ?::interval, expires_at = now() + ?::interval WHERE id = ?",
        created,
        left,
        token);
    return token;
  }

  /**
   * As if so much time had passed that this is left: the expiry and the passes come nearer, and a
   * notice stays one about the same expiry.
   */
  private void timePasses(String token, String left) throws SQLException {
    superuser.run(
        """
        WITH passed AS (SELECT expires_at - (now() + ?::interval) AS time FROM access_token WHERE id = ?),
             passes AS (UPDATE expiry_notice_pass SET expires_at = expires_at - passed.time FROM passed),
             notices AS (UPDATE expiry_notice SET expires_at = expires_at - passed.time FROM passed)
        UPDATE access_token SET expires_at = now() + ?::interval WHERE id = ?
        """,
        left,
        token,
        left,
        token);
  }

  private void plan() throws SQLException {
    while (service.count(PLAN, POLICY, "{mail,chat}", 500) > 0) {
      // The next batch.
    }
  }

  private List<Map<String, Object>> claim(String webhook) throws SQLException {
    return service.rows(CLAIM, webhook, 100);
  }

  private void deliver(Map<String, Object> claimed) throws SQLException {
    assertThat(record(claimed, true, "0")).isTrue();
  }

  private boolean record(Map<String, Object> claimed, boolean delivered, String pause)
      throws SQLException {
    return service.value(
        Boolean.class, RECORD, claimed.get("id"), claimed.get("attempt"), delivered, pause);
  }

  private void leaseEnds(String token) throws SQLException {
    superuser.run(
        "UPDATE expiry_notice SET next_attempt_at = now() - interval '1 second' WHERE token_id = ?",
        token);
  }

  private List<String> abandoned() throws SQLException {
    return superuser.column(
        String.class, "SELECT webhook FROM expiry_notice WHERE outcome = 'abandoned'");
  }

  private List<String> notices(String token) throws SQLException {
    return superuser.column(
        String.class,
        "SELECT days || ' ' || webhook FROM expiry_notice WHERE token_id = ? ORDER BY days, webhook",
        token);
  }

  private String idOf(String token) throws SQLException {
    return superuser.value(
        String.class,
        "SELECT id FROM expiry_notice WHERE token_id = ? AND webhook = 'mail'",
        token);
  }

  private List<String> audited(String token) throws SQLException {
    return superuser.column(
        String.class,
        "SELECT action FROM audit_event WHERE pat_id = ? AND action LIKE 'notice.%'",
        token);
  }
}
