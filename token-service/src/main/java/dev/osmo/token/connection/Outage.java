package dev.osmo.token.connection;

import dev.osmo.postgres.CommitLease;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Logs one line when the database becomes unavailable and one when it responds again, however many
 * requests are refused in between.
 */
@ApplicationScoped
public class Outage {

  private static final Logger LOG = Logger.getLogger(Outage.class);
  private static final long PAUSE_MILLIS = 1000;
  private static final String WRITABLE =
      "SELECT current_setting('transaction_read_only') = 'off' AS writable";

  private final DatabaseServer server;
  private final CommitLease lease;
  private final Vertx vertx;
  private final AtomicBoolean ongoing = new AtomicBoolean();

  Outage(DatabaseServer server, CommitLease lease, Vertx vertx) {
    this.server = server;
    this.lease = lease;
    this.vertx = vertx;
  }

  /** A request was refused because the database is unavailable. */
  public void noticed(String reason) {
    if (ongoing.compareAndSet(false, true)) {
      LOG.warnf("the database is unavailable, requests get status 503: reason=%s", reason);
      checkLater();
    }
  }

  private void checkLater() {
    vertx.setTimer(PAUSE_MILLIS, unused -> check());
  }

  private void check() {
    server
        .ask(WRITABLE)
        .subscribe()
        .with(
            row -> decide(row.getBoolean("writable") && lease.isHeld()),
            unreachable -> decide(false));
  }

  private void decide(boolean available) {
    if (available) {
      ongoing.set(false);
      LOG.info("the database is available again");
    } else {
      checkLater();
    }
  }
}
