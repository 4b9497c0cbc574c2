package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.database.Pooler;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.PruneSettings;
import dev.osmo.http.start.StartRefused;
import dev.osmo.postgres.PrimaryAddress;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Triggers the pruner: at start, on every (re)connect of the listener, on each notification, and
 * every few seconds, so that a missed notification only delays pruning.
 */
@ApplicationScoped
public class RemovalListener {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  /** Shape of the event: {@code src-docs/contracts/role-removal.json}. */
  private static final String CHANNEL = "role_removed";

  /** Fails on a standby. */
  private static final String LISTEN = "LISTEN " + CHANNEL;

  private final Pruner pruner;
  private final Vertx vertx;
  private final PrimaryAddress primary;
  private final Pooler pooler;
  private final PruneSettings settings;
  private final PruneMetrics metrics;
  private volatile @Nullable PgConnection connection;
  private volatile boolean stopped;
  private long timer;

  RemovalListener(
      Pruner pruner,
      Vertx vertx,
      PrimaryAddress primary,
      Pooler pooler,
      AuthExchangeConfig config,
      PruneMetrics metrics) {
    this.pruner = pruner;
    this.vertx = vertx;
    this.primary = primary;
    this.pooler = pooler;
    this.settings = config.prune();
    this.metrics = metrics;
  }

  /** Starts to listen. Stops the start if the first connection cannot be made. */
  public void start() {
    if (settings.listen() && !pooler.isExpected()) {
      listen();
    } else {
      pruner.request();
    }
    timer = vertx.setPeriodic(settings.every().toMillis(), unused -> pruner.request());
  }

  private void listen() {
    try {
      connect().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      String reason = new DatabaseUnavailable(Objects.requireNonNull(e.getCause())).reason();
      throw new StartRefused("The service cannot listen for removed roles: %s.".formatted(reason));
    }
  }

  /**
   * Not the client's {@code PgSubscriber}, which reconnects to the same server for ever, also if
   * another one was promoted.
   */
  private Future<PgConnection> connect() {
    return primary
        .find()
        .compose(server -> PgConnection.connect(vertx, server))
        .compose(this::listenOn);
  }

  private Future<PgConnection> listenOn(PgConnection opened) {
    // Without a handler the driver prints to standard error.
    opened.exceptionHandler(e -> LOG.debugf("listening connection: %s", e.getMessage()));
    opened.notificationHandler(unused -> pruner.request());
    return opened
        .query(LISTEN)
        .execute()
        .onFailure(refused -> opened.close())
        .map(opened)
        .onSuccess(this::connected);
  }

  private void connected(PgConnection opened) {
    connection = opened;
    opened.closeHandler(unused -> reconnect(0));
    LOG.infof("listening channel=%s", CHANNEL);
    pruner.request();
  }

  private void reconnect(int failures) {
    if (stopped) {
      return;
    }
    metrics.reconnecting();
    LOG.warnf("listening connection lost, failed_attempts=%d", failures);
    vertx.setTimer(
        settings.reconnectPause().toMillis(),
        unused -> connect().onFailure(refused -> reconnect(failures + 1)));
  }

  /** Closes the connection before the event loops stop. */
  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    vertx.cancelTimer(timer);
    PgConnection open = connection;
    if (open != null) {
      open.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
