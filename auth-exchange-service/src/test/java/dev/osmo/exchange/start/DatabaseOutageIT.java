package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.Tunnel;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database becomes unreachable and reachable again under a running service. {@code
 * -Doutage=PT1M} makes the outage a minute long.
 */
class DatabaseOutageIT {

  private static final Duration OUTAGE = Duration.parse(System.getProperty("outage", "PT2S"));
  private static final int CALLERS = 40;

  private static MigratedPostgres postgres;
  private static People people;
  private static Tunnel network;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    network = new Tunnel(postgres.port());
    service =
        ServiceProcess.launch(
                ServiceSetup.on(network.reactiveUrl())
                    .with(
                        Map.of(
                            "auth-exchange.database.deadline", "PT5S",
                            "auth-exchange.database.connect-timeout", "PT5S",
                            "auth-exchange.database.silence", "PT8S")))
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    service.close();
    network.close();
    postgres.close();
  }

  @AfterEach
  void reconnect() {
    network.open();
    eventually().until(() -> service.health("ready") == 200);
  }

  @Test
  @Tag("I9")
  void no_exchange_succeeds_during_a_database_outage_and_all_do_after_it() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    exchange(pat).then().statusCode(200);
    network.cut();

    for (Instant end = Instant.now().plus(OUTAGE); Instant.now().isBefore(end); ) {
      unavailable(exchange(pat));
    }
    assertThat(service.health("ready")).isEqualTo(503);
    assertThat(service.health("live")).isEqualTo(200);

    network.open();
    eventually().until(() -> exchange(pat).statusCode() == 200);
    // One line for each refused request and no stack traces: an outage must not fill the disk.
    // Netty prints one line, without a stack trace, if it writes to a closed connection.
    assertThat(service.output())
        .contains("the database is unavailable: ")
        .doesNotContainPattern("\n\tat [^\n]*\n\tat ");
  }

  @Test
  @Tag("I9")
  void callers_are_answered_while_the_database_is_silent_and_served_after_it() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    exchange(pat).then().statusCode(200);
    network.silence();

    for (Instant end = Instant.now().plus(OUTAGE); Instant.now().isBefore(end); ) {
      manyAtOnce(() -> unavailable(exchange(pat)));
    }

    network.open();
    eventually().until(() -> exchange(pat).statusCode() == 200);
  }

  @Test
  void an_unwritten_use_is_written_after_the_outage() {
    // Only the function that records uses fails.
    IssuedPat pat = people.pat(people.person("osmo-user"));
    exchange(pat).then().statusCode(200);
    eventually().until(() -> isUsed(people, pat));
    people.asSuperuser("ALTER FUNCTION record_use(uuid[], timestamptz[]) RENAME TO away");
    people.asSuperuser("DELETE FROM access_token_use WHERE token_id = ?", pat.id());
    try {
      exchange(pat).then().statusCode(200);
      eventually().until(() -> service.output().contains("last uses cannot be written yet"));
    } finally {
      people.asSuperuser("ALTER FUNCTION away(uuid[], timestamptz[]) RENAME TO record_use");
    }

    eventually().until(() -> isUsed(people, pat));
  }

  @Test
  @Tag("I8")
  void a_removal_during_the_outage_is_pruned_after_it() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    network.cut();
    people.remove(pat.owner(), "osmo-user");

    network.open();

    eventually().until(() -> isPruned(pat));
    assertThat(exchange(pat).<String>path("type")).endsWith(":no-roles-left");
  }

  @Test
  @Tag("I8")
  void a_removal_without_a_notification_is_pruned() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asSuperuser(
        """
        WITH silent AS (SELECT set_config('session_replication_role', 'replica', true)),
             gone AS (DELETE FROM role_assignment USING silent WHERE user_id = ? RETURNING id, user_id, role_name)
        INSERT INTO role_removal (assignment_id, user_id, role_name, removed_by)
        SELECT id, user_id, role_name, 'test' FROM gone
        """,
        pat.owner());

    eventually().until(() -> isPruned(pat));
  }

  private static Response exchange(IssuedPat pat) {
    return Exchanges.exchange(service.client(), pat.text());
  }

  private static void manyAtOnce(Runnable call) {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls =
          IntStream.range(0, CALLERS).<Future<?>>mapToObj(i -> callers.submit(call)).toList();
      for (Future<?> one : calls) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unavailable(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:database-unavailable");
    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  private static boolean isPruned(IssuedPat pat) {
    return people
            .query(
                "SELECT 1 FROM role_removal WHERE user_id = ? AND pruned_at IS NOT NULL",
                pat.owner())
            .size()
        == 1;
  }

  private static boolean isUsed(People people, IssuedPat pat) {
    return people.query("SELECT 1 FROM access_token_use WHERE token_id = ?", pat.id()).size() == 1;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
