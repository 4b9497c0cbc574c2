package dev.osmo.token.schema;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs a statement concurrently and detects when it waits for a lock. */
final class Waiting implements AutoCloseable {

  private static final Duration DEADLINE = Patience.LONG;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Session observer = Session.superuser();

  /** Starts the work and returns as soon as the session waits for a lock. */
  CompletableFuture<Integer> untilBlocked(Session session, Callable<Integer> work)
      throws SQLException {
    int pid = session.pid();
    CompletableFuture<Integer> result = start(work);
    await().atMost(DEADLINE).until(() -> result.isDone() || isBlocked(pid));
    return result;
  }

  private CompletableFuture<Integer> start(Callable<Integer> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        thread);
  }

  private boolean isBlocked(int pid) throws SQLException {
    return observer.value(Boolean.class, "SELECT cardinality(pg_blocking_pids(?)) > 0", pid);
  }

  @Override
  public void close() {
    thread.close();
    observer.close();
  }
}
