package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.database.ListenerAddress;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.PruneSettings;
import dev.osmo.http.start.StartRefused;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
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

  private final Pruner pruner;
  private final Vertx vertx;
  private final ListenerAddress address;
  private final PruneSettings settings;
  private final PruneMetrics metrics;
  private @Nullable PgSubscriber subscriber;
  private long timer;

  RemovalListener(
      Pruner pruner,
      Vertx vertx,
      ListenerAddress address,
      AuthExchangeConfig config,
      PruneMetrics metrics) {
    this.pruner = pruner;
    this.vertx = vertx;
    this.address = address;
    this.settings = config.prune();
    this.metrics = metrics;
  }

  /** Starts to listen. Stops the start if the first connection cannot be made. */
  public void start() {
    if (settings.listen()) {
      listen();
    } else {
      pruner.request();
    }
    timer = vertx.setPeriodic(settings.every().toMillis(), unused -> pruner.request());
  }

  private void listen() {
    PgSubscriber subscriber = PgSubscriber.subscriber(vertx, address.options());
    subscriber.reconnectPolicy(this::pauseAfter);
    subscriber
        .channel(CHANNEL)
        .subscribeHandler(this::connected)
        .handler(unused -> pruner.request());
    this.subscriber = subscriber;
    connect(subscriber);
  }

  private static void connect(PgSubscriber subscriber) {
    try {
      subscriber.connect().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      String reason = new DatabaseUnavailable(Objects.requireNonNull(e.getCause())).reason();
      throw new StartRefused("The service cannot listen for removed roles: %s.".formatted(reason));
    }
  }

  private void connected(@Nullable Void unused) {
    LOG.infof("listening channel=%s", CHANNEL);
    logErrors();
    pruner.request();
  }

  /**
   * Without a handler the driver prints to standard error. The reconnect policy handles a lost
   * connection.
   */
  private void logErrors() {
    PgConnection connection = subscriber == null ? null : subscriber.actualConnection();
    if (connection != null) {
      connection.exceptionHandler(e -> LOG.debugf("listening connection: %s", e.getMessage()));
    }
  }

  /** Reconnects indefinitely. Without a policy the subscriber does not reconnect at all. */
  private Long pauseAfter(Integer failures) {
    metrics.reconnecting();
    LOG.warnf("listening connection lost, failed_attempts=%d", failures);
    return settings.reconnectPause().toMillis();
  }

  /** Closes the connection before the event loops stop. */
  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    if (subscriber != null) {
      subscriber.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
