package dev.osmo.exchange.lastuse;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.LastUseSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Records when each secret was last exchanged.
 *
 * <ol>
 *   <li>Recording a use never blocks and never fails.
 *   <li>Uses are written in batches every few seconds. A batch that cannot be written is kept for
 *       the next time.
 *   <li>A graceful shutdown writes what is left. A crash loses it.
 * </ol>
 */
@ApplicationScoped
public class LastUse {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.lastuse");

  private static final int BATCH = 1000;

  private final UseTable table;
  private final Vertx vertx;
  private final LastUseSettings settings;
  private final UnwrittenUses unwritten;
  private final LongAdder dropped = new LongAdder();
  private volatile CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private long timer;

  LastUse(UseTable table, Vertx vertx, AuthExchangeConfig config) {
    this.table = table;
    this.vertx = vertx;
    this.settings = config.lastUse();
    this.unwritten = new UnwrittenUses(settings.remembered());
  }

  /** Starts the periodic writing. */
  public void start() {
    timer = vertx.setPeriodic(settings.every().toMillis(), unused -> writeUnlessWriting());
  }

  public void note(UUID secretId, Instant at) {
    if (!unwritten.add(secretId, at)) {
      dropped.increment();
    }
  }

  /** How many secrets have a use that is not written yet. */
  int waiting() {
    return unwritten.size();
  }

  /** How many uses were dropped because too many were not written yet. */
  long dropped() {
    return dropped.sum();
  }

  private void writeUnlessWriting() {
    if (writing.isDone()) {
      writing = write();
    }
  }

  /** Writes batches until none is left or one fails. */
  private CompletableFuture<Void> write() {
    return Uni.createFrom()
        .deferred(this::writeBatch)
        .repeat()
        .until(written -> written < BATCH)
        .onItem()
        .ignoreAsUni()
        .onFailure()
        .invoke(LastUse::logFailure)
        .onFailure()
        .recoverWithNull()
        .subscribeAsCompletionStage();
  }

  private Uni<Integer> writeBatch() {
    Map<UUID, UsePeriod> batch = unwritten.take(BATCH);
    return batch.isEmpty()
        ? Uni.createFrom().item(0)
        : table
            .record(batch)
            .onFailure()
            .invoke(() -> unwritten.putBack(batch))
            .replaceWith(batch.size());
  }

  private static void logFailure(Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("last uses cannot be written yet: %s", unavailable.reason());
    } else {
      LOG.error("last uses could not be written; the next attempt follows", failure);
    }
  }

  /** Runs after the last request, while the database is still connected. */
  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    awaitAtMost(settings.patience(), writing);
    awaitAtMost(settings.patience(), write());
    if (unwritten.size() > 0) {
      LOG.warnf("last uses are lost: secrets=%d", unwritten.size());
    }
  }

  private static void awaitAtMost(Duration patience, CompletableFuture<Void> written) {
    try {
      written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debugf("last uses: %s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
