package dev.osmo.exchange.database;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads for many requests in one statement.
 *
 * <ol>
 *   <li>A batch never waits for company: without a statement under way, a request is read at once.
 *       Those that arrive while one is under way are read together by the next one.
 *   <li>A statement starts after every request that it reads for has arrived.
 *   <li>Each event loop has one statement under way, so the loops do not wait for each other.
 *   <li>At most a fixed number of requests wait. Beyond that, {@link TooManyReads} follows at once.
 *   <li>No request waits longer than the deadline: that of a batch is the deadline of its oldest
 *       request.
 *   <li>Each result arrives on the Vert.x context of its request, and a failed batch fails the
 *       requests in it only.
 * </ol>
 *
 * @param <K> what to read
 * @param <V> what was read for it
 */
public final class BatchedReads<K, V> {

  /** Reads for all keys at once, within this time. The results have the order of the keys. */
  @FunctionalInterface
  public interface Statement<K, V> {
    Uni<List<V>> read(List<K> keys, Duration within);
  }

  /** A timer of Vert.x counts whole milliseconds, and none of them would be refused. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final long IDLE = 0;

  private final Vertx vertx;
  private final int batch;
  private final int most;
  private final Duration deadline;
  private final Statement<K, V> statement;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<Context, Loop> loops = new ConcurrentHashMap<>();

  /**
   * @param batch for how many requests one statement reads at most
   * @param most how many requests wait for a statement at most
   */
  public BatchedReads(
      Vertx vertx, int batch, int most, Duration deadline, Statement<K, V> statement) {
    this.vertx = vertx;
    this.batch = batch;
    this.most = most;
    this.deadline = deadline;
    this.statement = statement;
  }

  /** Whether the next request would fail with {@link TooManyReads}. */
  public boolean isFull() {
    return waiting.get() >= most;
  }

  /** How long the oldest statement of all event loops has been under way; zero without any. */
  Duration oldest() {
    long now = System.nanoTime();
    return Duration.ofNanos(
        loops.values().stream().mapToLong(loop -> loop.underWayNanos(now)).max().orElse(0));
  }

  static Duration remaining(Duration deadline, long waitedNanos) {
    Duration left = deadline.minusNanos(waitedNanos);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  public Uni<V> read(K key) {
    return Uni.createFrom().emitter(emitter -> add(key, emitter));
  }

  private void add(K key, UniEmitter<? super V> emitter) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      emitter.fail(new TooManyReads());
      return;
    }
    Context caller = vertx.getOrCreateContext();
    loops
        .computeIfAbsent(VertxContext.getRootContext(caller), Loop::new)
        .add(new Request<>(key, emitter, caller, System.nanoTime()));
  }

  /** Never {@link #IDLE}. */
  private static long now() {
    return System.nanoTime() | 1;
  }

  private record Request<K, V>(
      K key, UniEmitter<? super V> emitter, Context caller, long arrivedAt) {

    /** The caller's context has the request's log fields and request scope. */
    void complete(V value) {
      caller.runOnContext(unused -> emitter.complete(value));
    }

    void fail(Throwable failure) {
      caller.runOnContext(unused -> emitter.fail(failure));
    }
  }

  private final class Loop {

    private final Context context;
    private final Queue<Request<K, V>> queue = new ConcurrentLinkedQueue<>();

    /** When the statement that is under way began, or was given to the loop; else {@link #IDLE}. */
    private final AtomicLong readingSince = new AtomicLong(IDLE);

    Loop(Context context) {
      this.context = context;
    }

    /** The statement starts as a task of the loop, after what has arrived by then was read. */
    void add(Request<K, V> request) {
      queue.add(request);
      if (begin()) {
        context.runOnContext(unused -> next());
      }
    }

    private void next() {
      List<Request<K, V>> requests = take();
      if (!requests.isEmpty()) {
        readingSince.set(now());
        read(requests);
        return;
      }
      readingSince.set(IDLE);
      if (!queue.isEmpty() && begin()) {
        next();
      }
    }

    /** False if a statement is under way. */
    private boolean begin() {
      return readingSince.compareAndSet(IDLE, now());
    }

    long underWayNanos(long now) {
      long since = readingSince.get();
      return since == IDLE ? 0 : Math.max(0, now - since);
    }

    private List<Request<K, V>> take() {
      List<Request<K, V>> requests = new ArrayList<>(batch);
      for (Request<K, V> request = queue.poll(); request != null; request = queue.poll()) {
        requests.add(request);
        waiting.decrementAndGet();
        if (requests.size() == batch) {
          break;
        }
      }
      return requests;
    }

    private void read(List<Request<K, V>> requests) {
      List<K> keys = requests.stream().map(Request::key).toList();
      Duration within = left(requests.getFirst());
      Uni.createFrom()
          .deferred(() -> statement.read(keys, within))
          // A timeout arrives on another thread.
          .emitOn(task -> context.runOnContext(unused -> task.run()))
          .subscribe()
          .with(values -> completed(requests, values), failure -> failed(requests, failure));
    }

    private Duration left(Request<K, V> oldest) {
      return remaining(deadline, System.nanoTime() - oldest.arrivedAt());
    }

    /** The database works on the next batch while the results of this one are used. */
    private void completed(List<Request<K, V>> requests, List<V> values) {
      next();
      for (int i = 0; i < requests.size(); i++) {
        requests.get(i).complete(values.get(i));
      }
    }

    private void failed(List<Request<K, V>> requests, Throwable failure) {
      next();
      requests.forEach(request -> request.fail(failure));
    }
  }
}
