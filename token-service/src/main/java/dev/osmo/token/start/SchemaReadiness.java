package dev.osmo.token.start;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when startup is complete and the database is reachable with a schema that is new enough.
 * The exchange need not be reachable.
 */
@Readiness
@ApplicationScoped
class SchemaReadiness implements AsyncHealthCheck {

  private static final String NAME = "schema";

  private final StartUp start;
  private final Schema schema;

  SchemaReadiness(StartUp start, Schema schema) {
    this.start = start;
    this.schema = schema;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return schema
        .version()
        .map(version -> response(start.isComplete() && version >= Schema.NEEDED))
        .onFailure()
        .recoverWithItem(() -> response(false));
  }

  private static HealthCheckResponse response(boolean ready) {
    return HealthCheckResponse.named(NAME).status(ready).build();
  }
}
