package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.DatabaseSettings;
import dev.osmo.postgres.PrimaryAddress;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the pool, which connects to the primary only. Timeouts prevent that an unresponsive
 * database holds a connection indefinitely.
 */
@ApplicationScoped
class PoolWithTimeouts implements PgPoolCreator {

  private final DatabaseSettings limits;
  private final PrimaryAddress primary;

  PoolWithTimeouts(AuthExchangeConfig config, PrimaryAddress primary) {
    this.limits = config.database();
    this.primary = primary;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    servers.forEach(PoolWithTimeouts::allowPooler);
    return primary.pool(
        input.vertx(),
        servers,
        input.poolOptions(),
        limits.connectTimeout(),
        limits.connectTimeout(),
        limits.silence());
  }

  /** PgBouncer refuses this parameter, and no statement reads a floating-point number. */
  private static void allowPooler(PgConnectOptions server) {
    Map<String, String> parameters = new HashMap<>(server.getProperties());
    parameters.remove("extra_float_digits");
    server.setProperties(parameters);
    if (server.getUseLayer7Proxy()) {
      server.setCachePreparedStatements(false);
    }
  }
}
