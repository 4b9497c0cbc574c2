package dev.osmo.token.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.PostgresNode;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.postgres.Tunnel;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The standby is lost, or takes over, while the service talks to the primary. The tests share two
 * servers, whose roles change.
 */
@Tag("I2")
@Tag("I3")
class PromotionIT {

  private static final Duration LEASE = Duration.ofSeconds(3);

  /** Held for as long as a test needs to cancel a commit. */
  private static final Duration LONG_LEASE = Duration.ofSeconds(10);

  private static final int CALLERS = 12;

  private static final String WAITING_CHANGE =
      "SELECT pid FROM pg_stat_activity"
          + " WHERE wait_event = 'SyncRep' AND usename = 'osmo_token_service' AND query = 'COMMIT'";

  private static StreamingPair pair;
  private static PostgresNode primary;
  private static PostgresNode standby;
  private static boolean promoted;

  @TempDir private Path folder;
  private Stage stage;
  private Person administrator;

  @BeforeAll
  static void startServers() {
    pair = StreamingPair.start();
    primary = pair.first();
    standby = pair.second();
  }

  @AfterAll
  static void stopServers() {
    pair.close();
  }

  @BeforeEach
  void enter() {
    stage = Stage.set(primary.asMigrated());
    stage.exchange().comeUp();
    administrator = People.administrator();
  }

  /** A promoted server stays the primary, and the replaced one becomes its standby. */
  @AfterEach
  void repair() {
    stage.close();
    primary.setSynchronous(false);
    if (promoted) {
      PostgresNode replaced = primary;
      primary = standby;
      standby = replaced;
      standby.stop();
      standby.startAsCopyOf(primary);
      promoted = false;
    } else {
      standby.startIfStopped();
    }
  }

  /**
   * PostgreSQL reports success for such a commit, although no standby has it. A repetition finds
   * the token deleted, which is not acknowledged either.
   */
  @Test
  @Tag("I12")
  void a_change_whose_commit_was_cancelled_is_not_acknowledged() throws Exception {
    Person user = People.with("osmo-user");
    primary.setSynchronous(true);
    try (ServiceProcess service = start(primary.reactiveUrl(), LONG_LEASE);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      ready(service);
      standby.stop();
      Future<Response> deleted = clients.submit(() -> delete(service, user));
      eventually().until(() -> !primary.query(WAITING_CHANGE).isEmpty());

      primary.query("SELECT pg_cancel_backend(pid) FROM (%s) w".formatted(WAITING_CHANGE));

      String token = "SELECT 1 FROM access_token WHERE id = ?";
      eventually().until(() -> primary.query(token, user.patId()).isEmpty());
      unavailable(delete(service, user));
      unavailable(deleted.get());

      standby.start();
      ready(service);
      assertThat(delete(service, user).statusCode()).isEqualTo(404);
    }
  }

  /** The service knows one server only, which lives on and still reads. */
  @Test
  void nothing_is_decided_without_the_synchronous_standby() {
    primary.setSynchronous(true);
    try (ServiceProcess service = start(primary.reactiveUrl(), LEASE)) {
      ready(service);

      standby.stop();
      refusesEverything(service);
      assertThat(service.output()).contains("no commit has returned for " + LEASE);

      standby.start();
      ready(service);
      assertThat(list(service).statusCode()).isEqualTo(200);

      promote();
      refusesEverything(service);
      assertThat(primary.query("SELECT 1 FROM role_assignment")).isNotEmpty();
    }
  }

  @Test
  void a_service_that_knows_both_servers_follows_the_primary() {
    try (ServiceProcess service = start(pair.reactiveUrls(), LEASE)) {
      ready(service);
      for (int attempt = 0; attempt < 20; attempt++) {
        assertThat(change(service).statusCode()).isEqualTo(200);
      }
      standby.awaitReplayOf(primary);

      primary.stop();
      promote();
      primary.startAsStandbyOf(standby);

      ready(service);
      for (int attempt = 0; attempt < 20; attempt++) {
        assertThat(change(service).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_service_that_knows_both_servers_leaves_an_old_primary_that_lives_on() {
    try (ServiceProcess service = start(pair.reactiveUrls(), LEASE)) {
      ready(service);
      manyAtOnce(() -> assertThat(list(service).statusCode()).isEqualTo(200));
      standby.awaitReplayOf(primary);

      promote();
      removeAdministrator();

      eventually().until(() -> list(service).statusCode() == 403);
      // A connection to the old primary is closed at its next use, with status 503.
      manyAtOnce(() -> assertThat(list(service).statusCode()).isIn(403, 503));
      assertThat(primary.query("SELECT 1 FROM role_assignment")).isNotEmpty();
    }
  }

  /** A load balancer that keeps its connections to the old primary. */
  @Test
  void a_connection_to_the_old_primary_decides_nothing_when_new_ones_lead_to_the_promoted_server() {
    primary.setSynchronous(true);
    try (Tunnel network = new Tunnel(primary.port());
        ServiceProcess service = start(network.reactiveUrl(), LEASE)) {
      ready(service);
      manyAtOnce(() -> assertThat(list(service).statusCode()).isEqualTo(200));

      network.moveNewConnectionsTo(standby.port());
      promote();
      removeAdministrator();

      eventually().until(() -> list(service).statusCode() == 403);
      manyAtOnce(() -> assertThat(list(service).statusCode()).isIn(403, 503));
      eventually().until(() -> service.health("ready") == 200);
      assertThat(primary.query("SELECT 1 FROM role_assignment")).isNotEmpty();
    }
  }

  private ServiceProcess start(String databaseUrl, Duration lease) {
    Map<String, String> settings = stage.environment(folder, "t1");
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", databaseUrl);
    settings.put("token-service.database.commit-lease", lease.toString());
    return ServiceProcess.start(settings);
  }

  private static void promote() {
    standby.promote();
    promoted = true;
  }

  private void removeAdministrator() {
    standby.execute(
        "DELETE FROM role_assignment WHERE user_id = '%s' AND role_name = 'osmo-admin'"
            .formatted(administrator.id()));
  }

  private void refusesEverything(ServiceProcess service) {
    eventually().until(() -> service.health("ready") == 503);
    for (int attempt = 0; attempt < 20; attempt++) {
      unavailable(list(service));
      unavailable(change(service));
    }
    assertThat(service.health("live")).isEqualTo(200);
  }

  /** A request that the administrator role permits. */
  private Response list(ServiceProcess service) {
    return service.client().header("Authorization", bearer(administrator)).get("/api/auth/tokens");
  }

  private Response change(ServiceProcess service) {
    return service
        .client()
        .header("Authorization", bearer(administrator))
        .contentType("application/json")
        .body("{}")
        .post("/api/profile/settings");
  }

  private Response delete(ServiceProcess service, Person user) {
    return service
        .client()
        .header("Authorization", bearer(administrator))
        .delete("/api/auth/user/%s/access_token/login".formatted(user.id()));
  }

  private static String bearer(Person person) {
    return "Bearer " + person.login().text();
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

  private static void unavailable(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:database-unavailable");
    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  /** Waits until the service is ready and has the keys that verify JWTs. */
  private void ready(ServiceProcess service) {
    eventually().until(() -> service.health("ready") == 200 && list(service).statusCode() == 200);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG).ignoreExceptions();
  }
}
