package dev.osmo.exchange.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.PgBouncer;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The service behind PgBouncer, with its defaults and in transaction mode. */
@EnabledIfSystemProperty(named = PgBouncer.PROGRAM, matches = ".+")
class PgBouncerIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int TOKENS = 12;
  private static final int ROUNDS = 20;
  private static final String[] TRANSACTION_MODE = {
    "pool_mode = transaction", "default_pool_size = 3"
  };
  private static final Map<String, String> BEHIND_A_POOLER =
      Map.of("quarkus.datasource.reactive.postgresql.use-layer7-proxy", "true");

  private static MigratedPostgres postgres;
  private static People people;
  private static ServiceSetup setup;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    setup = ServiceSetup.on(postgres);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void the_default_configuration_needs_no_setting() throws Exception {
    try (PgBouncer pooler = PgBouncer.start(postgres);
        ServiceProcess service = ServiceProcess.start(behind(pooler, Map.of()))) {
      assertThat(service.output()).contains("listening channel=role_removed");
      exchangesAndPrunes(service);
    }
  }

  @Test
  void in_transaction_mode_statements_are_not_mixed_up_and_pruning_polls() throws Exception {
    try (PgBouncer pooler = PgBouncer.start(postgres, TRANSACTION_MODE);
        ServiceProcess service = ServiceProcess.start(behind(pooler, BEHIND_A_POOLER))) {
      assertThat(service.output()).doesNotContain("listening channel=");
      exchangesAndPrunes(service);
    }
  }

  @Test
  void in_transaction_mode_the_start_is_refused_without_the_setting() {
    try (PgBouncer pooler = PgBouncer.start(postgres, TRANSACTION_MODE);
        ServiceProcess service = ServiceProcess.launch(behind(pooler, Map.of()))) {
      assertThat(service.awaitRefusal())
          .contains("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_USE_LAYER7_PROXY=true")
          .doesNotContain("\tat ");
    }
  }

  private static Map<String, String> behind(PgBouncer pooler, Map<String, String> more) {
    Map<String, String> settings = setup.with(more);
    settings.put("quarkus.datasource.reactive.url", pooler.reactiveUrl());
    return settings;
  }

  private static void exchangesAndPrunes(ServiceProcess service) throws Exception {
    List<IssuedPat> pats = new ArrayList<>();
    for (int i = 0; i < TOKENS; i++) {
      pats.add(people.pat(people.person("osmo-user", "osmo-ml-team")));
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(TOKENS)) {
      List<Future<?>> running = new ArrayList<>();
      pats.forEach(pat -> running.add(clients.submit(() -> exchangeRepeatedly(service, pat))));
      for (Future<?> client : running) {
        client.get();
      }
    }
    people.remove(pats.getFirst().owner(), "osmo-ml-team");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(people.query("SELECT 1 FROM role_removal WHERE pruned_at IS NULL"))
                    .isEmpty());
  }

  private static void exchangeRepeatedly(ServiceProcess service, IssuedPat pat) {
    for (int i = 0; i < ROUNDS; i++) {
      Response answer =
          service
              .client()
              .header("Authorization", "Bearer " + pat.text())
              .contentType(ContentType.URLENC)
              .formParam("token", pat.text())
              .post("/oauth2/introspect");
      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
      assertThat(answer.<String>path("username")).isEqualTo(pat.owner());
    }
  }
}
