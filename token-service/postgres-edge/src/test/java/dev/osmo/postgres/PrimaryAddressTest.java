package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;

class PrimaryAddressTest {

  /** A timer may ask while the application that refused to start is being closed. */
  @Test
  void without_a_pool_the_address_is_not_found_and_nothing_is_thrown() {
    Future<PgConnectOptions> found = new PrimaryAddress().find();

    assertThat(found.failed()).isTrue();
    assertThat(found.cause()).hasMessageContaining("no pool");
  }
}
