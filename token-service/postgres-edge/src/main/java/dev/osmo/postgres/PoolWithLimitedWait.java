package dev.osmo.postgres;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.function.Function;

/**
 * Limits how long a connection is waited for, and returns one that arrives later to the pool.
 *
 * <p>The pool's own timeout loses connections (<a
 * href="https://github.com/eclipse-vertx/vert.x/issues/6169">vert.x#6169</a>): if it expires after
 * a connection was assigned and before the event loop of that connection has delivered it, the
 * connection is delivered to nobody. A busy event loop makes that likely.
 */
@SuppressWarnings("deprecation") // Quarkus casts its pool to PgPool.
final class PoolWithLimitedWait implements PgPool {

  private final Vertx vertx;
  private final Pool pool;
  private final long waitMillis;

  /**
   * @param pool without a timeout of its own
   */
  PoolWithLimitedWait(Vertx vertx, Pool pool, Duration wait) {
    this.vertx = vertx;
    this.pool = pool;
    this.waitMillis = wait.toMillis();
  }

  /** Fails with {@link PoolExhausted} if no connection is available in time. */
  @Override
  public Future<SqlConnection> getConnection() {
    Future<SqlConnection> taken = pool.getConnection();
    if (taken.isComplete()) {
      return taken;
    }
    Promise<SqlConnection> inTime = Promise.promise();
    long timer = vertx.setTimer(waitMillis, unused -> inTime.tryFail(new PoolExhausted()));
    taken.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          if (result.failed()) {
            inTime.tryFail(result.cause());
          } else if (!inTime.tryComplete(result.result())) {
            result.result().close();
          }
        });
    return inTime.future();
  }

  @Override
  public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
    getConnection().onComplete(handler);
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    throw withoutLimit();
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    throw withoutLimit();
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    throw withoutLimit();
  }

  /** The pool takes a connection for such a statement itself, and its own timeout is off. */
  private static UnsupportedOperationException withoutLimit() {
    return new UnsupportedOperationException("use withConnection, whose wait is limited");
  }

  @Override
  public PgPool connectHandler(Handler<SqlConnection> handler) {
    pool.connectHandler(handler);
    return this;
  }

  @Override
  public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
    pool.connectionProvider(provider);
    return this;
  }

  @Override
  public int size() {
    return pool.size();
  }

  @Override
  public Future<Void> close() {
    return pool.close();
  }

  @Override
  public void close(Handler<AsyncResult<Void>> handler) {
    pool.close(handler);
  }
}
