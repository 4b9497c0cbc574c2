package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimaryAddressTest {

  /** A timer may ask while the application that refused to start is being closed. */
  @Test
  void without_a_pool_the_address_is_not_found_and_nothing_is_thrown() {
    Future<PgConnectOptions> found = new PrimaryAddress().find();

    assertThat(found.failed()).isTrue();
    assertThat(found.cause()).hasMessageContaining("no pool");
  }

  /** A request that gets a connection when its socket closes it would fail. */
  @Test
  void the_pool_gives_up_a_connection_before_its_socket_closes_it() {
    Vertx vertx = Vertx.vertx();
    PgConnectOptions server = new PgConnectOptions();
    PoolOptions options = new PoolOptions();
    try {
      Pool unused =
          new PrimaryAddress()
              .pool(
                  vertx,
                  List.of(server),
                  options,
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(20));

      assertThat(server.getIdleTimeoutUnit()).isEqualTo(options.getIdleTimeoutUnit());
      assertThat(options.getIdleTimeout())
          .isPositive()
          .isLessThan(server.getIdleTimeout() - options.getPoolCleanerPeriod());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
