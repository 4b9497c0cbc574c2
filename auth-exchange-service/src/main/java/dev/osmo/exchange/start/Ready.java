package dev.osmo.exchange.start;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.pat.NeededPeppers;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready if the database responds and has an active signing key that this replica can use, and the
 * peppers of this replica are those of the database. The response contains the reason if it is not
 * ready.
 */
@Readiness
@ApplicationScoped
class Ready implements AsyncHealthCheck {

  private static final String NAME = "database and signing key";
  private static final String HAS_ACTIVE_KEY =
      "SELECT require_primary($1) AND EXISTS (SELECT FROM signing_key WHERE state = 'active') AS active";

  private final Database database;
  private final SigningKeys keys;
  private final NeededPeppers peppers;

  Ready(Database database, SigningKeys keys, NeededPeppers peppers) {
    this.database = database;
    this.keys = keys;
    this.peppers = peppers;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return database
        .query(HAS_ACTIVE_KEY, Tuple.of(database.timeline()))
        .map(rows -> obstacle(rows.iterator().next().getBoolean("active")))
        .chain(this::orOfPeppers)
        .onFailure()
        .recoverWithItem(Ready::reasonOf)
        .map(Ready::response);
  }

  /** Why this replica issues no JWT; empty if it does. */
  private String obstacle(boolean hasActiveKey) {
    if (!hasActiveKey) {
      return "there is no active signing key";
    }
    return keys.canSign() ? "" : "this replica cannot use the active signing key";
  }

  private Uni<String> orOfPeppers(String obstacle) {
    return obstacle.isEmpty() ? peppers.obstacle() : Uni.createFrom().item(obstacle);
  }

  private static String reasonOf(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable
        ? unavailable.reason()
        : Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private static HealthCheckResponse response(String obstacle) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(NAME).status(obstacle.isEmpty());
    return (obstacle.isEmpty() ? response : response.withData("reason", obstacle)).build();
  }
}
