package dev.osmo.token.start;

import dev.osmo.postgres.CommitLease;
import dev.osmo.token.connection.DatabaseServer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when startup is complete, the lease of commits is held, and the database accepts
 * connections and writes and has a schema that is new enough. The exchange need not be reachable. A
 * full pool does not matter: it has a queue, and another replica would be as full.
 */
@Readiness
@ApplicationScoped
class SchemaReadiness implements AsyncHealthCheck {

  private static final String NAME = "schema";

  private final StartUp start;
  private final DatabaseServer server;
  private final CommitLease lease;

  SchemaReadiness(StartUp start, DatabaseServer server, CommitLease lease) {
    this.start = start;
    this.server = server;
    this.lease = lease;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return server
        .ask(Schema.READY)
        .map(row -> response(start.isComplete() && lease.isHeld() && isReady(row)))
        .onFailure()
        .recoverWithItem(() -> response(false));
  }

  private static boolean isReady(Row row) {
    return row.getInteger("version") >= Schema.NEEDED && row.getBoolean("writable");
  }

  private static HealthCheckResponse response(boolean ready) {
    return HealthCheckResponse.named(NAME).status(ready).build();
  }
}
