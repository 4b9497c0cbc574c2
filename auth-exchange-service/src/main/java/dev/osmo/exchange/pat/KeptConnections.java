package dev.osmo.exchange.pat;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Keeps a few connections that have read a token before. A new one takes PostgreSQL some 50 ms: the
 * connection, its caches and the plan. So without them, the first exchange after a quiet time would
 * wait.
 *
 * <p>A connection that does not respond is closed by its timeout, and one that leads to a standby
 * by the statement itself.
 */
@ApplicationScoped
public class KeptConnections {

  private static final Logger LOG = Logger.getLogger(KeptConnections.class);
  private static final int KEPT = 4;

  private final StoredPats storedPats;
  private final Vertx vertx;
  private final Duration every;
  private long timer;

  KeptConnections(StoredPats storedPats, Vertx vertx, AuthExchangeConfig config) {
    this.storedPats = storedPats;
    this.vertx = vertx;
    this.every = config.database().silence().dividedBy(3);
  }

  /** Uses the connections now and several times in each period of silence. */
  public void start() {
    use();
    timer = vertx.setPeriodic(every.toMillis(), unused -> use());
  }

  /** At the same time, so each one uses another connection. */
  private void use() {
    for (int i = 0; i < KEPT; i++) {
      storedPats
          .readNothing()
          .subscribe()
          .with(
              unused -> {},
              failure -> LOG.debugf("a connection is not kept: %s", failure.getMessage()));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }
}
