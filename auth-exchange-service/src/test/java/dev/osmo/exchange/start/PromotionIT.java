package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.postgres.Tunnel;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The standby is lost, or takes over, while the service talks to the primary. */
@Tag("I2")
class PromotionIT {

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration LONG_LEASE = Duration.ofSeconds(10);
  private static final int CALLERS = 12;

  private static final String WAITING_REVOCATION =
      "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%revoke_secret%'";

  private StreamingPair pair;
  private People before;

  @BeforeEach
  void start() {
    pair = StreamingPair.start();
    before = new People(pair.first().reactiveUrl());
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** The service knows the first server only, which lives on and still reads. */
  @Test
  void the_old_primary_decides_nothing_after_its_synchronous_standby_was_promoted() {
    pair.first().setSynchronous(true);
    IssuedPat pat = before.pat(before.person("osmo-user"));
    try (ServiceProcess service = start(pair.first().reactiveUrl())) {
      exchange(service, pat).then().statusCode(200);

      pair.second().promote();
      new People(pair.second().reactiveUrl()).remove(pat.owner(), "osmo-user");

      eventually().until(() -> service.health("ready") == 503);
      for (int attempt = 0; attempt < 20; attempt++) {
        unavailable(exchange(service, pat));
        unavailable(OAuth.introspect(service.client(), pat.text(), pat.text()));
      }
      assertThat(pair.first().query("SELECT 1 FROM role_assignment")).isNotEmpty();
      assertThat(service.health("live")).isEqualTo(200);
      assertThat(service.output()).contains("no commit has returned for " + LEASE);
    }
  }

  @Test
  void the_service_decides_again_when_the_synchronous_standby_is_back() {
    pair.first().setSynchronous(true);
    IssuedPat pat = before.pat(before.person("osmo-user"));
    try (ServiceProcess service = start(pair.first().reactiveUrl())) {
      exchange(service, pat).then().statusCode(200);

      pair.second().stop();
      eventually().until(() -> exchange(service, pat).statusCode() == 503);

      pair.second().start();
      eventually().until(() -> service.health("ready") == 200);
      exchange(service, pat).then().statusCode(200);
    }
  }

  @Test
  void a_service_that_knows_both_servers_follows_the_primary() {
    IssuedPat pat = before.pat(before.person("osmo-user", "osmo-admin"));
    try (ServiceProcess service = start(pair.reactiveUrls())) {
      for (int attempt = 0; attempt < 20; attempt++) {
        exchange(service, pat).then().statusCode(200);
      }
      before.remove(pat.owner(), "osmo-admin");
      pair.awaitReplayed();

      pair.first().stop();
      pair.second().promote();
      pair.first().startAsStandbyOf(pair.second());

      eventually().until(() -> service.health("ready") == 200);
      for (int attempt = 0; attempt < 20; attempt++) {
        exchange(service, pat).then().statusCode(200);
      }
      // The listening connection has moved too: the removal is pruned.
      new People(pair.second().reactiveUrl()).remove(pat.owner(), "osmo-user");
      assertThat(exchange(service, pat).<String>path("type")).endsWith(":no-roles-left");
      eventually()
          .until(
              () ->
                  pair.second()
                      .query("SELECT 1 FROM role_removal WHERE pruned_at IS NULL")
                      .isEmpty());
    }
  }

  @Test
  void a_service_that_knows_both_servers_leaves_an_old_primary_that_lives_on() {
    IssuedPat pat = before.pat(before.person("osmo-user"));
    try (ServiceProcess service = start(pair.reactiveUrls())) {
      exchange(service, pat).then().statusCode(200);
      pair.awaitReplayed();

      pair.second().promote();
      new People(pair.second().reactiveUrl()).remove(pat.owner(), "osmo-user");

      eventually().until(() -> exchange(service, pat).statusCode() == 401);
      for (int attempt = 0; attempt < 40; attempt++) {
        // A connection to the old primary is closed at its next use, with status 503.
        exchange(service, pat).then().statusCode(oneOf(401, 503));
      }
      assertThat(pair.first().query("SELECT 1 FROM role_assignment")).isNotEmpty();
    }
  }

  /** A load balancer that keeps its connections to the old primary. */
  @Test
  void a_connection_to_the_old_primary_decides_nothing_when_new_ones_lead_to_the_promoted_server() {
    pair.first().setSynchronous(true);
    IssuedPat pat = before.pat(before.person("osmo-user"));
    try (Tunnel network = new Tunnel(pair.first().port());
        ServiceProcess service = start(network.reactiveUrl())) {
      manyAtOnce(() -> exchange(service, pat).then().statusCode(200));

      network.moveNewConnectionsTo(pair.second().port());
      pair.second().promote();
      new People(pair.second().reactiveUrl()).remove(pat.owner(), "osmo-user");

      eventually().until(() -> service.health("ready") == 503);
      unavailable(exchange(service, pat));
      eventually().until(() -> exchange(service, pat).statusCode() == 401);
      manyAtOnce(() -> exchange(service, pat).then().statusCode(oneOf(401, 503)));
      eventually().until(() -> service.health("ready") == 200);
      assertThat(pair.first().query("SELECT 1 FROM role_assignment")).isNotEmpty();
    }
  }

  /** PostgreSQL reports success for such a commit, although no standby has it. */
  @Test
  @Tag("I12")
  void a_revocation_whose_commit_was_cancelled_is_not_acknowledged() throws Exception {
    pair.first().setSynchronous(true);
    IssuedPat pat = before.pat(before.person("osmo-user"));
    try (ServiceProcess service = start(pair.first().reactiveUrl(), LONG_LEASE);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      pair.second().stop();
      Future<Response> revoked = clients.submit(() -> OAuth.revoke(service.client(), pat.text()));
      eventually().until(() -> !pair.first().query(WAITING_REVOCATION).isEmpty());

      pair.first().query("SELECT pg_cancel_backend(pid) FROM (%s) w".formatted(WAITING_REVOCATION));

      unavailable(revoked.get());
      assertThat(
              pair.first().query("SELECT 1 FROM access_token_secret WHERE revoked_at IS NOT NULL"))
          .hasSize(1);
    }
  }

  private static ServiceProcess start(String databaseUrl) {
    return start(databaseUrl, LEASE);
  }

  private static ServiceProcess start(String databaseUrl, Duration lease) {
    return ServiceProcess.start(
        ServiceSetup.on(databaseUrl)
            .with(
                Map.of(
                    "auth-exchange.database.commit-lease", lease.toString(),
                    "auth-exchange.database.deadline", "PT10S",
                    "auth-exchange.database.silence", "PT20S")));
  }

  /** So that the pool has several connections. */
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

  private static Response exchange(ServiceProcess service, IssuedPat pat) {
    return Exchanges.exchange(service.client(), pat.text());
  }

  private static void unavailable(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
