package dev.osmo.exchange.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A read whose statement never answers, and has no deadline either. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
@Tag("I10")
class StuckReadsTest {

  @Inject Database database;

  @TestHTTPResource(management = true)
  URI management;

  @Test
  void the_service_is_not_alive_until_the_read_ends() {
    StuckReads check = new StuckReads(database, Duration.ofMillis(300));
    CompletableFuture<List<String>> statement = new CompletableFuture<>();
    BatchedReads<String, String> reads =
        database.batched(1, (keys, within) -> Uni.createFrom().completionStage(statement));
    await().atMost(Patience.LONG).until(() -> status(check) == Status.UP);

    CompletableFuture<String> waiting = reads.read("key").subscribeAsCompletionStage();

    await().atMost(Patience.LONG).until(() -> status(check) == Status.DOWN);
    statement.complete(List.of("value"));
    assertThat(waiting.join()).isEqualTo("value");
    await().atMost(Patience.LONG).until(() -> status(check) == Status.UP);
  }

  @Test
  void the_liveness_of_the_service_includes_its_reads_and_its_event_loops() {
    given()
        .get(management.resolve("/q/health/live"))
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("database reads", "event loops"));
  }

  @Test
  void the_limit_is_ten_deadlines_and_at_least_half_a_minute() {
    assertThat(StuckReads.limit(Duration.ofMillis(200))).isEqualTo(Duration.ofSeconds(30));
    assertThat(StuckReads.limit(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(50));
  }

  private static Status status(StuckReads check) {
    return check.call().getStatus();
  }
}
