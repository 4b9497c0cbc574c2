package dev.osmo.exchange.start;

import dev.osmo.exchange.database.Database;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is who reaches the database and finds an active signing key in it. */
@Readiness
@Singleton
class Ready implements AsyncHealthCheck {

  private static final String NAME = "database and signing key";
  private static final String HAS_ACTIVE_KEY =
      "SELECT EXISTS (SELECT FROM signing_key WHERE state = 'active') AS active";

  private final Database database;

  Ready(Database database) {
    this.database = database;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return database
        .ask(HAS_ACTIVE_KEY)
        .map(rows -> rows.iterator().next().getBoolean("active"))
        .onFailure()
        .recoverWithItem(false)
        .map(Ready::response);
  }

  private static HealthCheckResponse response(boolean ready) {
    return HealthCheckResponse.named(NAME).status(ready).build();
  }
}
