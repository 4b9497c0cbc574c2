package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How {@code record_use} records a batch of exchanges. */
class LastUseTest {

  private static final String RECORD = "SELECT record_use(?, ?)";
  private static final Duration LONG = Duration.ofDays(400);

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
  void many_exchanges_of_a_token_are_recorded_as_first_and_last_use() throws SQLException {
    String token = fixture.token(fixture.user());
    UUID secret = fixture.secretOf(token);
    Instant first = now();
    Instant between = now();
    Instant last = now();

    record(List.of(secret, secret, secret), List.of(between, last, first));

    assertThat(firstUseOf(secret)).isEqualTo(first);
    assertThat(lastUseOf(token)).isEqualTo(last);
  }

  @Test
  void the_latest_use_of_two_secrets_is_the_last_use_of_the_token() throws SQLException {
    String token = fixture.token(fixture.user());
    UUID older = fixture.secretOf(token);
    UUID newer = Fixture.secretIn(service, token);
    Instant first = now();
    Instant last = now();

    record(List.of(newer, older), List.of(last, first));

    assertThat(lastUseOf(token)).isEqualTo(last);
    assertThat(firstUseOf(older)).isEqualTo(first);
    assertThat(firstUseOf(newer)).isEqualTo(last);
  }

  @Test
  void a_late_batch_moves_neither_the_last_use_back_nor_the_first_use() throws SQLException {
    String token = fixture.token(fixture.user());
    UUID secret = fixture.secretOf(token);
    Instant earlier = now();
    Instant later = now();
    record(List.of(secret), List.of(later));

    record(List.of(secret), List.of(earlier));

    assertThat(lastUseOf(token)).isEqualTo(later);
    assertThat(firstUseOf(secret)).isEqualTo(later);
  }

  @Test
  void a_time_in_the_future_is_recorded_as_now() throws SQLException {
    String token = fixture.token(fixture.user());
    UUID secret = fixture.secretOf(token);

    record(List.of(secret), List.of(Instant.now().plus(LONG)));

    assertThat(lastUseOf(token)).isBeforeOrEqualTo(now());
    assertThat(firstUseOf(secret)).isBeforeOrEqualTo(now());
  }

  @Test
  void a_time_before_the_creation_of_the_secret_is_recorded_as_its_creation() throws SQLException {
    String token = fixture.token(fixture.user());
    UUID secret = fixture.secretOf(token);

    exchange.rows("SELECT record_use(ARRAY[?::uuid], ARRAY['-infinity'::timestamptz])", secret);

    Instant created =
        service
            .value(
                Timestamp.class, "SELECT created_at FROM access_token_secret WHERE id = ?", secret)
            .toInstant();
    assertThat(lastUseOf(token)).isEqualTo(created);
    assertThat(firstUseOf(secret)).isEqualTo(created);
  }

  @Test
  void an_unknown_secret_is_skipped_and_a_known_one_recorded() throws SQLException {
    String token = fixture.token(fixture.user());
    long before = service.count("SELECT count(*) FROM access_token_use");

    record(List.of(UUID.randomUUID(), fixture.secretOf(token)), List.of(now(), now()));

    assertThat(service.count("SELECT count(*) FROM access_token_use")).isEqualTo(before + 1);
    assertThat(lastUseOf(token)).isNotNull();
  }

  @Test
  void an_empty_or_null_batch_changes_nothing() throws SQLException {
    long before = service.count("SELECT count(*) FROM access_token_use");

    record(List.of(), List.of());
    exchange.rows("SELECT record_use(NULL, NULL)");

    assertThat(service.count("SELECT count(*) FROM access_token_use")).isEqualTo(before);
  }

  @Test
  void deleting_a_token_deletes_its_use() throws SQLException {
    String token = fixture.token(fixture.user());
    record(List.of(fixture.secretOf(token)), List.of(now()));

    service.run("DELETE FROM access_token WHERE id = ?", token);

    assertThat(usesOf(token)).isZero();
  }

  @Test
  void a_token_that_is_being_deleted_is_skipped_without_waiting() throws SQLException {
    String user = fixture.user();
    String dying = fixture.token(user);
    String living = fixture.token(user);
    UUID ofDying = fixture.secretOf(dying);
    UUID ofLiving = fixture.secretOf(living);
    service.begin();
    service.run("DELETE FROM access_token WHERE id = ?", dying);

    record(List.of(ofDying, ofLiving), List.of(now(), now()));
    service.commit();

    assertThat(usesOf(dying)).isZero();
    assertThat(usesOf(living)).isEqualTo(1);
  }

  @Test
  void a_deletion_waits_for_a_concurrent_batch_and_deletes_its_use() throws Exception {
    String token = fixture.token(fixture.user());
    UUID secret = fixture.secretOf(token);
    exchange.begin();
    record(List.of(secret), List.of(now()));
    try (Waiting waiting = new Waiting()) {
      CompletableFuture<Integer> deletion =
          waiting.untilBlocked(
              service, () -> service.run("DELETE FROM access_token WHERE id = ?", token));
      exchange.commit();
      assertThat(deletion.join()).isEqualTo(1);
    }

    assertThat(usesOf(token)).isZero();
  }

  @Test
  void batches_in_opposite_orders_do_not_deadlock_and_keep_the_latest_use() throws Exception {
    String user = fixture.user();
    List<String> tokens = new ArrayList<>();
    List<UUID> secrets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tokens.add(fixture.token(user));
      secrets.add(fixture.secretOf(tokens.getLast()));
    }
    record(secrets, Collections.nCopies(40, now()));

    for (int round = 0; round < 5; round++) {
      meetInTheMiddle(secrets, tokens.get(20));
    }
    Instant latest = now();
    record(secrets.reversed(), Collections.nCopies(40, latest));

    for (String token : tokens) {
      assertThat(lastUseOf(token)).isEqualTo(latest);
    }
  }

  /** Both batches wait for a locked row, and then continue together. */
  private void meetInTheMiddle(List<UUID> secrets, String middle) throws Exception {
    try (Session bystander = Session.superuser();
        Session other = Session.authExchange();
        Waiting first = new Waiting();
        Waiting second = new Waiting()) {
      bystander.begin();
      bystander.rows("SELECT token_id FROM access_token_use WHERE token_id = ? FOR UPDATE", middle);
      CompletableFuture<Integer> forwards =
          first.untilBlocked(exchange, () -> recordNow(exchange, secrets));
      CompletableFuture<Integer> backwards =
          second.untilBlocked(other, () -> recordNow(other, secrets.reversed()));
      bystander.commit();

      assertThat(forwards.join()).isEqualTo(40);
      assertThat(backwards.join()).isEqualTo(40);
    }
  }

  private int recordNow(Session session, List<UUID> secrets) throws SQLException {
    record(session, secrets, Collections.nCopies(secrets.size(), Instant.now()));
    return secrets.size();
  }

  private void record(List<UUID> secrets, List<Instant> times) throws SQLException {
    record(exchange, secrets, times);
  }

  private static void record(Session session, List<UUID> secrets, List<Instant> times)
      throws SQLException {
    session.rows(
        RECORD,
        secrets.toArray(UUID[]::new),
        session
            .connection()
            .createArrayOf("timestamptz", times.stream().map(Timestamp::from).toArray()));
  }

  private Instant lastUseOf(String token) throws SQLException {
    return service
        .value(
            Timestamp.class, "SELECT last_used_at FROM access_token_use WHERE token_id = ?", token)
        .toInstant();
  }

  private Instant firstUseOf(UUID secret) throws SQLException {
    return service
        .value(
            Timestamp.class, "SELECT first_used_at FROM access_token_secret WHERE id = ?", secret)
        .toInstant();
  }

  private long usesOf(String token) throws SQLException {
    return service.count("SELECT count(*) FROM access_token_use WHERE token_id = ?", token);
  }

  /** The database's time, later than at the previous call. */
  private Instant now() throws SQLException {
    return service.value(Timestamp.class, "SELECT clock_timestamp()").toInstant();
  }
}
