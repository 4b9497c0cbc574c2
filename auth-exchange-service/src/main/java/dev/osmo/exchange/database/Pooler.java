package dev.osmo.exchange.database;

import dev.osmo.http.start.StartRefused;
import dev.osmo.postgres.SharedSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether a pooler shares the sessions of the database, see {@link SharedSessions}. */
@ApplicationScoped
public class Pooler {

  private final Pool pool;
  private final Database database;
  private final boolean expected;

  Pooler(
      Pool pool,
      Database database,
      @ConfigProperty(
              name = "quarkus.datasource.reactive.postgresql.use-layer7-proxy",
              defaultValue = "false")
          boolean expected) {
    this.pool = pool;
    this.database = database;
    this.expected = expected;
  }

  /** Whether the operator has said that there is such a pooler. */
  public boolean isExpected() {
    return expected;
  }

  /** Stops the start if there is such a pooler, and the operator has not said so. */
  public void check() {
    if (!expected && database.atStart(this::areShared)) {
      throw new StartRefused(
          "A pooler (such as PgBouncer in transaction mode) shares the sessions of the database"
              + " between connections. Set"
              + " QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_USE_LAYER7_PROXY=true.");
    }
  }

  private Uni<Boolean> areShared() {
    return Uni.createFrom()
        .completionStage(() -> SharedSessions.areBehind(pool).toCompletionStage())
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }
}
