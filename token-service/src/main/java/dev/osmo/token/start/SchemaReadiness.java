package dev.osmo.token.start;

import dev.osmo.postgres.CommitLease;
import dev.osmo.postgres.LeaseLost;
import dev.osmo.token.connection.DatabaseServer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when startup is complete, the lease of commits is held, and the database accepts
 * connections and writes and has a schema that is new enough. The exchange need not be reachable. A
 * full pool does not matter: it has a queue, and another replica would be as full. The response
 * contains the reason if it is not ready.
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
        .map(this::obstacle)
        .onFailure()
        .recoverWithItem(SchemaReadiness::reasonOf)
        .map(SchemaReadiness::response);
  }

  /**
   * Why this replica serves no requests; empty if it does.
   *
   * @throws LeaseLost with the reason
   */
  private String obstacle(Row row) {
    int version = row.getInteger("version");
    if (!start.isComplete()) {
      return "the start is not complete";
    }
    if (version < Schema.NEEDED) {
      return "the schema is at version %d and %d is needed".formatted(version, Schema.NEEDED);
    }
    if (!row.getBoolean("writable")) {
      return "the database accepts no writes";
    }
    lease.require();
    return "";
  }

  private static String reasonOf(Throwable failure) {
    return switch (failure) {
      case TimeoutException late -> "the database does not respond in time";
      case PgException error -> String.valueOf(error.getErrorMessage());
      default ->
          Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    };
  }

  private static HealthCheckResponse response(String obstacle) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(NAME).status(obstacle.isEmpty());
    return (obstacle.isEmpty() ? response : response.withData("reason", obstacle)).build();
  }
}
