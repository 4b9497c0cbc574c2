package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.PostgresNode;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lease on a primary that loses its synchronous standby and gets it back. */
@Tag("I2")
class CommitLeaseTest {

  /** Short, so that a lease ends soon; a slow machine loses it and gets it back. */
  private static final Duration VALIDITY = Duration.ofSeconds(2);

  private static final String WAITING =
      "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'osmo-lease-%' AND wait_event = 'SyncRep'";

  private static StreamingPair pair;
  private static Vertx vertx;

  private CommitLease lease;

  @BeforeAll
  static void startServers() {
    vertx = Vertx.vertx();
    pair = StreamingPair.start();
    pair.first().setSynchronous(true);
  }

  @AfterAll
  static void stopServers() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    pair.close();
  }

  @BeforeEach
  void startLease() {
    lease =
        new CommitLease(vertx, () -> Future.succeededFuture(options(pair.first())), VALIDITY, 0);
    lease.start();
    eventually().until(lease::isHeld);
  }

  @AfterEach
  void stopLease() {
    lease.stop();
  }

  @Test
  void each_commit_reads_the_time_of_the_database() {
    AtomicInteger reads = new AtomicInteger();
    AtomicReference<List<Instant>> last = new AtomicReference<>(List.of());

    lease.onDatabaseTime(
        (sent, time, received) -> {
          last.set(List.of(sent, time, received));
          reads.incrementAndGet();
        });

    eventually().until(() -> reads.get() >= 2);
    assertThat(last.get()).isSorted();
  }

  @Test
  void the_lease_ends_without_the_synchronous_standby_and_returns_with_it() {
    pair.second().stop();
    try {
      eventually().until(() -> !lease.isHeld());
      assertThatThrownBy(lease::require).isInstanceOf(LeaseLost.class);
      assertThat(pair.first().query("SELECT 'it still reads'")).hasSize(1);
    } finally {
      pair.second().start();
    }

    eventually().until(lease::isHeld);
    lease.require();
  }

  @Test
  @Tag("I3")
  void the_lease_ends_when_the_database_turns_out_to_be_a_restored_one() {
    pair.first().query("UPDATE osmo.database_identity SET epoch = 1 RETURNING epoch");
    try {
      eventually().until(() -> !lease.isHeld());

      assertThatThrownBy(lease::require)
          .isInstanceOf(LeaseLost.class)
          .hasMessageContaining("at epoch 1");
      assertThat(start(0).cause())
          .isInstanceOf(RestoredDatabase.class)
          .hasMessageContaining("configured for epoch 0");
      assertThat(start(1).succeeded()).isTrue();
    } finally {
      pair.first().query("UPDATE osmo.database_identity SET epoch = 0 RETURNING epoch");
    }
    eventually().until(lease::isHeld);
  }

  @Test
  void a_cancelled_commit_does_not_count() {
    pair.second().stop();
    try {
      eventually().until(() -> !lease.isHeld());
      Future<Void> confirmed = lease.confirm(lease.timeline());
      String waiting = waiting().getFirst();

      pair.first().query("SELECT pg_cancel_backend(?::int)", waiting);

      // The next commit is outstanding, so the client has read that the cancelled one succeeded.
      String next =
          "SELECT 1 FROM (%s) w JOIN pg_stat_activity a USING (pid) WHERE a.query_start > ?::timestamptz"
              .formatted(WAITING);
      String now = pair.first().query("SELECT clock_timestamp()").getFirst();
      eventually().until(() -> !pair.first().query(next, now).isEmpty());
      assertThat(lease.isHeld()).isFalse();
      assertThat(confirmed.succeeded()).isFalse();
    } finally {
      pair.second().start();
    }
    eventually().until(lease::isHeld);
  }

  @Test
  void a_commit_is_confirmed_when_the_standby_has_it() {
    Future<Void> confirmed = lease.confirm(lease.timeline());

    eventually().until(confirmed::isComplete);
    assertThat(confirmed.succeeded()).isTrue();
  }

  /** The work was done while the lease was on the server that has been replaced since. */
  @Test
  void a_commit_on_an_earlier_timeline_is_not_confirmed() {
    Future<Void> confirmed = lease.confirm("00000000");

    eventually().until(confirmed::isComplete);
    assertThat(confirmed.cause()).isInstanceOf(LeaseLost.class);
  }

  @Test
  void a_commit_is_not_confirmed_without_the_standby() {
    pair.second().stop();
    try {
      Future<Void> confirmed = lease.confirm(lease.timeline());

      eventually().until(confirmed::isComplete);
      assertThat(confirmed.cause()).isInstanceOf(LeaseLost.class);
    } finally {
      pair.second().start();
    }
    eventually().until(lease::isHeld);
  }

  @Test
  void commits_that_do_not_return_do_not_collect_on_the_server() {
    pair.second().stop();
    try {
      String first = waiting().getFirst();
      eventually().until(() -> waiting().stream().noneMatch(first::equals));
      String second = waiting().getFirst();
      eventually().until(() -> waiting().stream().noneMatch(second::equals));

      assertThat(
              pair.first()
                  .query(
                      "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'osmo-lease-%'"))
          .hasSizeLessThanOrEqualTo(2);
    } finally {
      pair.second().start();
    }
    eventually().until(lease::isHeld);
  }

  /** The start of another replica. */
  private static Future<Void> start(int epoch) {
    CommitLease another =
        new CommitLease(
            vertx, () -> Future.succeededFuture(options(pair.first())), VALIDITY, epoch);
    try {
      Future<Void> started = another.start();
      eventually().until(started::isComplete);
      return started;
    } finally {
      another.stop();
    }
  }

  private static List<String> waiting() {
    eventually().until(() -> !pair.first().query(WAITING).isEmpty());
    return pair.first().query(WAITING);
  }

  static PgConnectOptions options(PostgresNode node) {
    return PgConnectOptions.fromUri(node.reactiveUrl())
        .setUser(MigratedPostgres.AUTH_EXCHANGE)
        .setPassword(MigratedPostgres.PASSWORD);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
