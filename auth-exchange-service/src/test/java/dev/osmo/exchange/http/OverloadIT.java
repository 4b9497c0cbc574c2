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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service in which one request may wait, while the test holds the table that it reads. */
@Tag("I10")
class OverloadIT {

  private static final Pattern BUSY =
      Pattern.compile("^osmo_denied_total\\{.*reason=\"busy\".*} ([0-9.]+)$", Pattern.MULTILINE);

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
                        "auth-exchange.database.waiting",
                        "1",
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
  void an_exchange_that_would_not_be_read_is_refused_before_the_server_reads_it() throws Exception {
    OverloadedExchanges exchanges = new OverloadedExchanges(service);
    try (Connection holder = postgres.connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE osmo.access_token_secret IN ACCESS EXCLUSIVE MODE");

      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> {
                exchanges.send(1);
                assertThat(exchanges.answered()).isNotEmpty();
              });
      exchanges.send(5);
      await()
          .atMost(Patience.LONG)
          .untilAsserted(() -> assertThat(exchanges.answered()).hasSizeGreaterThanOrEqualTo(6));

      assertThat(exchanges.answered())
          .allSatisfy(
              response -> {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
                assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
                assertThat(response.body()).contains("urn:osmo:problem:busy");
              });
      assertThat(busy()).isEqualTo(exchanges.answered().size());
      // Two requests that arrive at once may both pass, and then one of them is refused later.
      assertThat(exchanges.refusalsByTheServer()).isLessThan(exchanges.answered().size());
      assertThat(service.client().get("/api/auth/keys").statusCode()).isEqualTo(200);
      holder.rollback();
    }

    assertThat(exchanges.all())
        .allSatisfy(response -> assertThat(response.statusCode()).isIn(401, 503));
    assertThat(exchanges.send().join().statusCode()).isEqualTo(401);
  }

  private static double busy() {
    Matcher counted = BUSY.matcher(service.metrics());
    assertThat(counted.find()).isTrue();
    return Double.parseDouble(counted.group(1));
  }
}
