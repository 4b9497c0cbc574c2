package dev.osmo.token.connection;

import dev.osmo.postgres.PrimaryAddress;
import dev.osmo.token.settings.DatabaseSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Builds the pool, which connects to the primary only.
 *
 * <ol>
 *   <li>A request waits for a connection for a limited time, and only a limited number of requests
 *       wait.
 *   <li>A server that disappears without closing the connection cannot hold it indefinitely.
 *   <li>Every session is at the isolation level {@code READ COMMITTED}, whatever the role or the
 *       database sets. The locks rely on it: a statement after a lock must see what was committed
 *       before.
 * </ol>
 */
@ApplicationScoped
class PoolWithLimits implements PgPoolCreator {

  private final DatabaseSettings limits;
  private final PrimaryAddress primary;

  PoolWithLimits(TokenServiceSettings settings, PrimaryAddress primary) {
    this.limits = settings.database();
    this.primary = primary;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    servers.forEach(
        server -> server.addProperty("default_transaction_isolation", "read committed"));
    return primary.pool(
        input.vertx(),
        servers,
        input.poolOptions().setMaxWaitQueueSize(limits.poolQueue()),
        limits.poolWait(),
        limits.connectTimeout(),
        limits.silence());
  }
}
