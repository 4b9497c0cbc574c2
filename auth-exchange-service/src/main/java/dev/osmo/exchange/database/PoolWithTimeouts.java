package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.DatabaseSettings;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Builds the pool with timeouts, so that an unresponsive database cannot hold a connection
 * indefinitely.
 */
@ApplicationScoped
class PoolWithTimeouts implements PgPoolCreator {

  private final DatabaseSettings limits;
  private final ListenerAddress listeningAddress;

  PoolWithTimeouts(AuthExchangeConfig config, ListenerAddress listeningAddress) {
    this.limits = config.database();
    this.listeningAddress = listeningAddress;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    servers.forEach(server -> server.setConnectTimeout(millis(limits.connectTimeout())));
    listeningAddress.set(servers.getFirst());
    // A server that disappears without closing the connection is detected only by a timeout.
    servers.forEach(
        server ->
            server
                .setIdleTimeout(millis(limits.silence()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    PoolOptions options =
        input
            .poolOptions()
            .setConnectionTimeout(millis(limits.connectTimeout()))
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgBuilder.pool()
        .with(options)
        .connectingTo(List.copyOf(servers))
        .using(input.vertx())
        .build();
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
