package dev.osmo.exchange.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that may have 128 exchanges in work, while the test holds the table that they read. */
@Tag("I10")
class ExchangesInWorkIT {

  private static final int EVENT_LOOPS = 2;
  private static final int PLACES = 64 * EVENT_LOOPS;
  private static final int MORE = 60;

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service =
        ServiceProcess.start(
            ServiceSetup.on(postgres)
                .with(
                    Map.of(
                        "quarkus.vertx.event-loops-pool-size",
                        Integer.toString(EVENT_LOOPS),
                        "auth-exchange.database.waiting",
                        Integer.toString(PLACES),
                        "auth-exchange.limits.failures-per-minute",
                        "10000",
                        "auth-exchange.database.deadline",
                        "PT10M",
                        "auth-exchange.database.silence",
                        "PT11M")));
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
  }

  @Test
  void an_exchange_takes_its_place_before_the_server_reads_it() throws Exception {
    OverloadedExchanges exchanges = new OverloadedExchanges(service);
    try (Connection holder = postgres.connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE osmo.access_token_secret IN ACCESS EXCLUSIVE MODE");

      exchanges.send(PLACES + MORE);
      // Both event loops may give the last place away.
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> assertThat(exchanges.answered()).hasSizeGreaterThanOrEqualTo(MORE - 1));

      assertThat(exchanges.answered())
          .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(503));
      assertThat(exchanges.refusalsByTheServer()).isZero();
      holder.rollback();
    }

    assertThat(exchanges.all().stream().filter(response -> response.statusCode() == 401))
        .hasSizeBetween(PLACES, PLACES + 1);
    assertThat(exchanges.send().join().statusCode()).isEqualTo(401);
  }
}
