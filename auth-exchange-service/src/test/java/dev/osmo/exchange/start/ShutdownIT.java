package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A replica is terminated while it works. */
class ShutdownIT {

  /** No deadline passes during the test, however slow the machine is. */
  private static final Map<String, String> LONG_DEADLINES =
      Map.of(
          "quarkus.shutdown.delay", "PT10S",
          "quarkus.shutdown.timeout", "PT5M",
          "quarkus.http.idle-timeout", "PT5M",
          "auth-exchange.last-use.every", "PT1H",
          "auth-exchange.database.deadline", "PT1M",
          "auth-exchange.database.silence", "PT2M",
          "auth-exchange.database.connect-timeout", "PT30S",
          "auth-exchange.database.commit-lease", "PT1M",
          "auth-exchange.socket.answer-deadline", "PT5M");

  private static final int ITERATIONS_THAT_TAKE_SECONDS = 200;

  /** The exit code of a process that ended on SIGTERM. */
  private static final int SIGTERM = 128 + 15;

  @Test
  void a_terminated_replica_becomes_unready_then_finishes_requests_and_writes_last_uses() {
    try (MigratedPostgres postgres = MigratedPostgres.start()) {
      People people = new People(postgres.reactiveUrl());
      IssuedPat slow = people.pat(people.person("osmo-user"));
      people.makeSlow(slow, ITERATIONS_THAT_TAKE_SECONDS);
      IssuedPat quick = people.pat(people.person("osmo-user"));
      ServiceProcess service =
          ServiceProcess.launch(ServiceSetup.on(postgres).with(LONG_DEADLINES)).awaitReady();
      Exchanges.exchange(service.client(), quick.text()).then().statusCode(200);
      people.asSuperuser("DELETE FROM access_token_use");
      CompletableFuture<Response> begun =
          CompletableFuture.supplyAsync(
              () -> Exchanges.exchange(service.client(), slow.text()), Thread::startVirtualThread);
      eventually().until(() -> service.metrics().contains("osmo_argon2_runs_total 2.0"));

      service.terminate();

      eventually().until(() -> service.health("ready") == 503);
      assertThat(Exchanges.exchange(service.client(), quick.text()).statusCode()).isEqualTo(200);
      assertThat(begun.join().statusCode()).isEqualTo(200);
      assertThat(service.exitCode()).isEqualTo(SIGTERM);
      assertThat(
              people.query("SELECT token_id FROM access_token_use ORDER BY token_id COLLATE \"C\""))
          .containsExactlyInAnyOrder(slow.id(), quick.id());
    }
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(50));
  }
}
