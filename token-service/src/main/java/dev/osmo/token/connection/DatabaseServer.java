package dev.osmo.token.connection;

import dev.osmo.postgres.PrimaryAddress;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks the primary for health checks, on a new connection of its own: neither a full pool nor a
 * locked row makes it wait, and a server that accepts no further connections is noticed.
 */
@ApplicationScoped
public class DatabaseServer {

  private final Vertx vertx;
  private final int deadlineMillis;
  private final PrimaryAddress primary;

  DatabaseServer(Vertx vertx, PrimaryAddress primary, TokenServiceSettings settings) {
    this.vertx = vertx;
    this.primary = primary;
    this.deadlineMillis = Math.toIntExact(settings.database().connectTimeout().toMillis());
  }

  /**
   * The first row of the statement's result. Fails if the database does not respond in time. The
   * connection is closed in any case, also if nobody waits for the row any more.
   */
  public Uni<Row> ask(String sql) {
    return Uni.createFrom()
        .completionStage(() -> connectAndAsk(sql).toCompletionStage())
        .ifNoItem()
        .after(Duration.ofMillis(2L * deadlineMillis))
        .fail();
  }

  private Future<Row> connectAndAsk(String sql) {
    return primary
        .find()
        .compose(server -> PgConnection.connect(vertx, limited(server)))
        .compose(
            connection ->
                connection
                    .query(sql)
                    .execute()
                    .map(rows -> rows.iterator().next())
                    .eventually(() -> connection.close()));
  }

  private PgConnectOptions limited(PgConnectOptions server) {
    return new PgConnectOptions(server)
        .setIdleTimeout(deadlineMillis)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
