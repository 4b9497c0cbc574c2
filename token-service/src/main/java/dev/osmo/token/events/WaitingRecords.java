package dev.osmo.token.events;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for their next attempt, in memory.
 *
 * <ol>
 *   <li>A record for which there is a place holds up no other record.
 *   <li>One without a place holds up its successors until it, or any record that waits, is done.
 * </ol>
 */
final class WaitingRecords {

  private static final Logger LOG = Logger.getLogger(WaitingRecords.class);

  private final int places;
  private final Queue<CompletableFuture<@Nullable Void>> heldUp = new ArrayDeque<>();
  private int waiting;

  WaitingRecords(int places) {
    this.places = places;
  }

  /**
   * Starts the further attempts at a record, which end at some time.
   *
   * @return completes when the next record may be read
   */
  Uni<Void> add(Uni<Void> furtherAttempts) {
    Uni<Void> next = added();
    furtherAttempts
        .onTermination()
        .invoke(this::removed)
        .subscribe()
        .with(unused -> {}, failure -> LOG.error("a security event is lost", failure));
    return next;
  }

  private synchronized Uni<Void> added() {
    waiting++;
    if (waiting <= places) {
      return Uni.createFrom().voidItem();
    }
    CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
    heldUp.add(next);
    return Uni.createFrom().completionStage(next);
  }

  private void removed() {
    longestHeldUp().ifPresent(next -> next.complete(null));
  }

  private synchronized Optional<CompletableFuture<@Nullable Void>> longestHeldUp() {
    waiting--;
    return Optional.ofNullable(heldUp.poll());
  }
}
