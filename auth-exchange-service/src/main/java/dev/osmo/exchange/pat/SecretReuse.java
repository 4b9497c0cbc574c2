package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Records that a secret was presented after a rotation ended it: its holder was not updated, or
 * somebody else has it. The database records a secret at most once a day, however often it is
 * presented, and once more when there is a token to revoke.
 *
 * <p>Created at startup: an alert cannot see the first increment of a counter that appears with it.
 */
@Startup
@ApplicationScoped
public class SecretReuse {

  private static final Logger LOG = Logger.getLogger(SecretReuse.class);
  private static final String RECORD = "SELECT record_reuse($1, $2) AS recorded";

  private final Database database;
  private final boolean revokesToken;
  private final Counter recorded;

  SecretReuse(Database database, AuthExchangeConfig config, MeterRegistry meters) {
    this.database = database;
    this.revokesToken = config.reuse().revokesToken();
    this.recorded =
        Counter.builder("osmo.secret.reuse")
            .description("Secrets presented after a rotation ended them, once a day each")
            .register(meters);
  }

  /** Never fails: the secret is refused in any case. */
  public Uni<Void> record(UUID secretId) {
    return database
        .query(RECORD, Tuple.of(secretId, revokesToken))
        .map(rows -> rows.iterator().next().getBoolean("recorded"))
        .invoke(this::count)
        .onFailure()
        .invoke(failure -> LOG.warnf("a reuse is not recorded: %s", failure.getMessage()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  private void count(boolean isNew) {
    if (isNew) {
      recorded.increment();
    }
  }
}
