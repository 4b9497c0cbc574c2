package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.database.ListeningAddress;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.PruneSettings;
import dev.osmo.http.start.StartRefused;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Rings the pruner: at the start, whenever the listening connection is made again, at each bell,
 * and every few seconds whatever happened, so that no missed bell matters.
 */
@Singleton
public class RemovalListener {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  /** Shape of the event: {@code src-docs/contracts/role-removal.json}. */
  private static final String CHANNEL = "role_removed";

  private final Pruner pruner;
  private final Vertx vertx;
  private final ListeningAddress address;
  private final PruneSettings settings;
  private final PruneMetrics metrics;
  private @Nullable PgSubscriber subscriber;
  private long timer;

  RemovalListener(
      Pruner pruner,
      Vertx vertx,
      ListeningAddress address,
      AuthExchangeConfig config,
      PruneMetrics metrics) {
    this.pruner = pruner;
    this.vertx = vertx;
    this.address = address;
    this.settings = config.prune();
    this.metrics = metrics;
  }

  /** Rings from now on. Ends the start when the first connection cannot be made. */
  public void start() {
    if (settings.listen()) {
      listen();
    } else {
      pruner.ring();
    }
    timer = vertx.setPeriodic(settings.every().toMillis(), unused -> pruner.ring());
  }

  private void listen() {
    PgSubscriber subscriber = PgSubscriber.subscriber(vertx, address.options());
    subscriber.reconnectPolicy(this::pauseAfter);
    subscriber.channel(CHANNEL).subscribeHandler(this::connected).handler(unused -> pruner.ring());
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
    noticeErrors();
    pruner.ring();
  }

  /**
   * Without a handler the driver prints to the standard error stream. The loss itself is handled.
   */
  private void noticeErrors() {
    PgConnection connection = subscriber == null ? null : subscriber.actualConnection();
    if (connection != null) {
      connection.exceptionHandler(e -> LOG.debugf("listening connection: %s", e.getMessage()));
    }
  }

  /** Always again: without this the first lost connection would be the end of listening. */
  private Long pauseAfter(Integer failures) {
    metrics.reconnecting();
    LOG.warnf("listening connection lost, failed_attempts=%d", failures);
    return settings.reconnectPause().toMillis();
  }

  /** Before the event loops end, so that the connection is closed in good order. */
  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    if (subscriber != null) {
      subscriber.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
