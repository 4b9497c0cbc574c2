package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.PostgresNode;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of two servers is the primary, before and after a promotion. */
@Tag("I2")
class PrimaryServerTest {

  private final Vertx vertx = Vertx.vertx();
  private StreamingPair pair;

  @BeforeEach
  void start() {
    pair = StreamingPair.start();
  }

  @AfterEach
  void stop() {
    pair.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void the_primary_is_found_whatever_its_place_in_the_list() {
    assertThat(find(pair.first(), pair.second()).result().getPort()).isEqualTo(pair.first().port());
    assertThat(find(pair.second(), pair.first()).result().getPort()).isEqualTo(pair.first().port());

    pair.first().stop();
    assertThat(find(pair.first(), pair.second()).cause())
        .isInstanceOf(NoPrimary.class)
        .hasMessageContaining("127.0.0.1:" + pair.second().port());

    pair.second().promote();
    assertThat(find(pair.first(), pair.second()).result().getPort())
        .isEqualTo(pair.second().port());
  }

  /** The answer of the new one may come too late on a busy machine, so it is asked again. */
  @Test
  void of_two_primaries_the_one_that_was_promoted_last_is_found() {
    pair.second().promote();

    await()
        .atMost(Patience.LONG)
        .until(() -> find(pair.first(), pair.second()).result().getPort() == pair.second().port());
    await()
        .atMost(Patience.LONG)
        .until(() -> find(pair.second(), pair.first()).result().getPort() == pair.second().port());
  }

  private Future<PgConnectOptions> find(PostgresNode... nodes) {
    List<PgConnectOptions> servers = List.of(nodes).stream().map(CommitLeaseTest::options).toList();
    Future<PgConnectOptions> found = new PrimaryServer(vertx, servers).find();
    await().atMost(Patience.LONG).until(found::isComplete);
    return found;
  }
}
