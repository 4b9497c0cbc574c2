package dev.osmo.token.denial;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes denials one after the other, after their responses. A caller who is refused often waits
 * for nobody and occupies one connection of the pool at most; what exceeds the queue is dropped.
 */
@ApplicationScoped
class DenialLog {

  private static final Logger LOG = Logger.getLogger(DenialLog.class);
  private static final int LONGEST_QUEUE = 100;

  private static final String RECORD =
      """
      SELECT record_denial(:actor, CAST(:via AS text), CAST(:jti AS text), CAST(:request AS text), :operation, :problem)
      """;

  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(LONGEST_QUEUE),
          Thread.ofPlatform().name("denials").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private final Transactions transactions;

  DenialLog(Transactions transactions) {
    this.transactions = transactions;
  }

  void record(Denial denial) {
    writer.execute(() -> write(denial));
  }

  @PreDestroy
  void stop() {
    writer.shutdown();
  }

  private void write(Denial denial) {
    try {
      VertxContextSupport.subscribeAndAwait(() -> insert(denial));
    } catch (Throwable e) {
      LOG.warnf("denial not recorded: reason=%s", e);
    }
  }

  /** False if this caller has enough rows of late. */
  private Uni<Boolean> insert(Denial denial) {
    return transactions.run(
        () ->
            NativeQuery.of(RECORD)
                .with("actor", denial.actor().userId())
                .with("via", denial.actor().via())
                .with("jti", denial.actor().jti())
                .with("request", denial.actor().requestId())
                .with("operation", denial.operation())
                .with("problem", denial.problem())
                .single(Boolean.class));
  }
}
