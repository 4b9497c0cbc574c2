package dev.osmo.exchange.start;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if the database responds and has an active signing key that this replica can use. */
@Readiness
@ApplicationScoped
class Ready implements AsyncHealthCheck {

  private static final String NAME = "database and signing key";
  private static final String HAS_ACTIVE_KEY =
      "SELECT require_primary($1) AND EXISTS (SELECT FROM signing_key WHERE state = 'active') AS active";

  private final Database database;
  private final SigningKeys keys;

  Ready(Database database, SigningKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return database
        .query(HAS_ACTIVE_KEY, Tuple.of(database.timeline()))
        .map(rows -> rows.iterator().next().getBoolean("active") && keys.canSign())
        .onFailure()
        .recoverWithItem(false)
        .map(Ready::response);
  }

  private static HealthCheckResponse response(boolean ready) {
    return HealthCheckResponse.named(NAME).status(ready).build();
  }
}
