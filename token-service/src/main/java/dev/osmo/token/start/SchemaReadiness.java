package dev.osmo.token.start;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the start is complete and the database answers with a schema that is new enough. The
 * exchange may be absent.
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
        .map(version -> answer(start.isComplete() && version >= Schema.NEEDED))
        .onFailure()
        .recoverWithItem(() -> answer(false));
  }

  private static HealthCheckResponse answer(boolean ready) {
    return HealthCheckResponse.named(NAME).status(ready).build();
  }
}
