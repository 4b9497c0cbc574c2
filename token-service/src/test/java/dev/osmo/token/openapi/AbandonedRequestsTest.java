package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.openapi.Scene.Caller;
import dev.osmo.token.openapi.Scene.Target;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients hang up while their request waits for the database. */
@QuarkusTest
@Tag("I10")
class AbandonedRequestsTest {

  private static final int POOL = 16;
  private static final int LONGEST_MILLIS = 150;

  @Inject MeterRegistry meters;

  /** Before the clients start, each of which would do it. */
  @BeforeEach
  void wait_for_the_keys() {
    Api.waitForKeys();
  }

  /** One connection of the pool is left, so that a request waits before each of its statements. */
  @Test
  void no_route_loses_a_connection_of_a_full_pool() throws Exception {
    List<Route> routes = Routes.TABLE;
    List<Request> requests =
        routes.stream()
            .map(route -> Scene.set().request(route, caller(route), Target.OF_FIRST_USER))
            .toList();
    List<Person> waiting =
        IntStream.range(0, POOL - 1).mapToObj(i -> People.with("osmo-user")).toList();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        Connection locks = locked(waiting)) {
      waiting.forEach(person -> clients.execute(() -> create(person).send()));
      eventually().until(() -> waitingForLocks() == waiting.size());

      List<Future<?>> abandoned =
          IntStream.range(0, requests.size())
              .<Future<?>>mapToObj(i -> clients.submit(() -> abandon(requests.get(i), i)))
              .toList();
      for (Future<?> one : abandoned) {
        one.get();
      }
      locks.rollback();
    }

    // What has begun is completed. The service counts tokens in the background, so that the pool is
    // seen unused for moments only. The reads wait behind everything that has begun before.
    eventually().until(this::isPoolUnused);
    Request read = Request.of("GET", "/api/auth/access_token").as(People.with("osmo-user"));
    assertThat(IntStream.range(0, POOL * 4).parallel().mapToObj(i -> read.send().status()))
        .containsOnly(200);
    eventually().until(this::isPoolUnused);
  }

  /** A client that repeats the request with the same idempotency key finds what it had begun. */
  @Test
  void a_write_that_has_begun_is_completed() throws Exception {
    Person person = People.with("osmo-user");
    try (Connection lock = locked(List.of(person))) {
      double connections = gauge("http.server.active.connections");
      AbandonedRequest begun = AbandonedRequest.send(create(person));
      eventually().until(() -> waitingForLocks() == 1);
      begun.hangUp();
      eventually().until(() -> gauge("http.server.active.connections") <= connections);

      lock.rollback();
    }

    eventually()
        .until(
            () ->
                !People.query(
                        "SELECT 1 FROM access_token WHERE user_id = ? AND name = 'begun'",
                        person.id())
                    .isEmpty());
  }

  private static Caller caller(Route route) {
    return route.rule() == Rule.ADMINISTRATOR ? Caller.ADMINISTRATOR : Caller.FIRST;
  }

  private static Request create(Person person) {
    return Request.of("POST", "/api/auth/access_token/begun").as(person);
  }

  private static Connection locked(List<Person> people) throws SQLException {
    Connection connection = Stage.current().postgres().connectAsSuperuser();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT FROM users WHERE id = ANY (?) FOR UPDATE")) {
      lock.setArray(1, connection.createArrayOf("text", people.stream().map(Person::id).toArray()));
      lock.execute();
    }
    return connection;
  }

  private static int waitingForLocks() {
    return People.query("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'").size();
  }

  private static void abandon(Request request, int seed) {
    AbandonedRequest sent = AbandonedRequest.send(request);
    try {
      Thread.sleep(new Random(seed).nextInt(LONGEST_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sent.hangUp();
  }

  private boolean isPoolUnused() {
    return gauge("sql.pool.active") == 0 && gauge("sql.pool.queue.size") == 0;
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(20));
  }
}
