package dev.osmo.token.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.People.Statement;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Formatter;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PurgeTimerTest {

  private static final String TOKENS = "/api/auth/access_token";

  private static final Formatter MESSAGE = new PatternFormatter("%s");

  @Inject PurgeTimer timer;
  @Inject MeterRegistry meters;

  @Test
  void a_run_purges_in_several_batches_until_nothing_is_left_and_counts_the_rows() {
    timer.purge();
    Person user = People.with("osmo-user");
    insertExpired(user, 500);
    double before = purgedTokens();
    List<String> log = new ArrayList<>();

    recording(log, timer::purge);

    assertThat(People.query("SELECT name FROM access_token WHERE user_id = ?", user.id()))
        .containsExactly("login");
    assertThat(purgedTokens()).isEqualTo(before + 500);
    assertThat(log).containsExactly("purge deleted rows: tokens=500");
  }

  @Test
  void a_run_that_finds_nothing_logs_nothing() {
    timer.purge();
    List<String> log = new ArrayList<>();

    recording(log, timer::purge);

    assertThat(log).isEmpty();
  }

  @Test
  void two_replicas_purge_at_once() {
    timer.purge();
    Person user = People.with("osmo-user");
    insertExpired(user, 1_000);

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(timer::purge, Thread::startVirtualThread);
    CompletableFuture.allOf(
            other, CompletableFuture.runAsync(timer::purge, Thread::startVirtualThread))
        .join();
    timer.purge();

    assertThat(
            People.query(
                "SELECT count(*) || ' ' || count(DISTINCT pat_id) FROM audit_event WHERE user_id = ? AND action = 'token.purged'",
                user.id()))
        .containsExactly("1000 1000");
  }

  @Test
  void a_purged_token_is_unknown_and_its_name_is_free() {
    Person user = People.with("osmo-user");
    insertExpired(user, 1);
    timer.purge();

    Api.as(user).get(TOKENS + "/dead1").then().statusCode(404);
    Api.as(user).post(TOKENS + "/dead1").then().statusCode(200);
  }

  private double purgedTokens() {
    return meters.counter("osmo.purged", "rows", "tokens").count();
  }

  private static void insertExpired(Person user, int number) {
    People.inOneTransaction(
        Statement.of(
            """
            INSERT INTO access_token (id, user_id, name, expires_at, created_by)
            SELECT 'pat_' || left(md5(? || n), 22), ?, 'dead' || n, now() - interval '31 days', 'test'
              FROM generate_series(1, ?) n
            """,
            user.id(),
            user.id(),
            number));
  }

  private static void recording(List<String> log, Runnable run) {
    Logger logger = Logger.getLogger(PurgeTimer.class.getName());
    ExtHandler handler =
        new ExtHandler() {
          @Override
          protected void doPublish(ExtLogRecord line) {
            log.add(MESSAGE.format(line));
          }
        };
    logger.addHandler(handler);
    try {
      run.run();
    } finally {
      logger.removeHandler(handler);
    }
  }
}
