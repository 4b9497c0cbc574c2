package dev.osmo.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The primary and its credentials, for the pool and for connections outside of it. */
@ApplicationScoped
public class PrimaryAddress {

  private volatile @Nullable PrimaryServer servers;

  /**
   * Builds the pool, which connects to the primary only. Called once, before {@link #find()}.
   *
   * @param wait how long a connection of the pool is waited for
   * @param connectTimeout how long any connection may take to open
   * @param silence when a connection of the pool without traffic is closed: a server that
   *     disappears without closing the connection is detected only by this timeout
   */
  public Pool pool(
      Vertx vertx,
      List<PgConnectOptions> configured,
      PoolOptions options,
      Duration wait,
      Duration connectTimeout,
      Duration silence) {
    configured.forEach(server -> server.setConnectTimeout(millis(connectTimeout)));
    servers = new PrimaryServer(vertx, copies(configured));
    configured.forEach(
        server -> server.setIdleTimeout(millis(silence)).setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    PrimaryServer pooled = new PrimaryServer(vertx, configured);
    Pool pool =
        PgBuilder.pool()
            .with(evictedInTime(options.setConnectionTimeout(0), silence))
            .connectingTo(() -> pooled.find().map(SqlConnectOptions.class::cast))
            .using(vertx)
            .build();
    return new PoolWithLimitedWait(vertx, pool, wait);
  }

  /**
   * The address for a connection outside the pool. It has no idle timeout, because some of these
   * connections are silent most of the time. Asks again at each call, because another server may
   * have been promoted. Fails while there is no pool: before the start, and after a start that was
   * refused, while the timers of others still run.
   */
  public Future<PgConnectOptions> find() {
    PrimaryServer known = servers;
    return known == null
        ? Future.failedFuture(new IllegalStateException("there is no pool of connections yet"))
        : known.find();
  }

  /** The host and the port of each configured server, for the operator. */
  public String servers() {
    PrimaryServer known = servers;
    return known == null ? "" : known.names();
  }

  /**
   * The pool gives up an unused connection well before its socket closes it. Otherwise it lends a
   * connection that is closed at the same moment, and the request fails.
   */
  private static PoolOptions evictedInTime(PoolOptions options, Duration silence) {
    return options
        .setIdleTimeout(millis(silence.dividedBy(2)))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setPoolCleanerPeriod(millis(silence.dividedBy(4)));
  }

  private static List<PgConnectOptions> copies(List<PgConnectOptions> configured) {
    return configured.stream()
        .map(server -> new PgConnectOptions(server).setTcpKeepAlive(true))
        .toList();
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
