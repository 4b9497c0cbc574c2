package dev.osmo.postgres;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotice;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database still commits: once a second, on a connection of its own, each replica
 * commits a message of a few bytes in the write-ahead log. No table is written.
 *
 * <ol>
 *   <li>The lease is held for a few seconds from the time at which the last commit that returned
 *       was <em>sent</em>.
 *   <li>A primary whose synchronous standby was lost or promoted still reads, but its commits do
 *       not return. There the lease ends.
 *   <li>If an operator cancels a commit that waits for the standby, PostgreSQL reports success with
 *       a warning. Such a commit does not count.
 *   <li>If another of the configured servers was promoted, the lease moves there and never back.
 *       Decisions are made on its timeline only.
 *   <li>A restored backup does not hold the lease until an operator has accepted it, see {@link
 *       DatabaseOrigin}.
 *   <li>At most one commit is outstanding. Its server process is ended before the next connection
 *       is used, so a server without its standby does not collect them.
 * </ol>
 */
public final class CommitLease {

  private static final Logger LOG = Logger.getLogger(CommitLease.class);

  /** The message is transactional, so it makes the transaction one that must be committed. */
  private static final String COMMIT =
      """
      SELECT current_setting('synchronous_standby_names') <> '' AS synchronous,
             left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline,
             statement_timestamp() AS now, o.same_server, o.epoch
        FROM pg_logical_emit_message(true, 'osmo.lease', ''), osmo.database_origin o
      """;

  /** A server process waits for the standby even after its client has gone. */
  private static final String END_ABANDONED =
      """
      SELECT count(pg_terminate_backend(pid))
        FROM pg_stat_activity
       WHERE usename = current_user AND pid <> pg_backend_pid()
         AND application_name = current_setting('application_name')
      """;

  /** With a shorter one, a single late commit would end the lease. */
  public static final Duration SHORTEST = Duration.ofSeconds(2);

  /** After a promotion, the old primary is used for this long at most. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long NEVER = Long.MIN_VALUE;

  /** Sees the database's time once a second. */
  @FunctionalInterface
  public interface DatabaseTime {

    /** The database read its clock between these two times of this machine's clock. */
    void read(Instant sent, Instant databaseTime, Instant received);
  }

  private final Vertx vertx;
  private final Supplier<Future<PgConnectOptions>> primary;
  private final Duration validity;
  private final int epoch;
  private final Promise<Void> first = Promise.promise();
  private final String name = "osmo-lease-" + UUID.randomUUID();

  private volatile boolean started;
  private volatile long confirmedAt = NEVER;
  private volatile boolean synchronous;
  private volatile String timeline = "";
  private volatile @Nullable String restored;

  private volatile @Nullable Context context;
  private volatile DatabaseTime databaseTime = (sent, time, received) -> {};

  // Used on the context only.
  private @Nullable PgConnection connection;
  private @Nullable PgConnectOptions server;
  private boolean outstanding;
  private boolean cancelled;
  private boolean lost = true;
  private long attempt;
  private long sentAt;
  private Instant askedAt = Instant.EPOCH;
  private List<Promise<Void>> waiting = new ArrayList<>();
  private List<Promise<Void>> sent = new ArrayList<>();
  private long timer;

  /**
   * @param validity how long the lease is held after a commit
   * @param epoch the epoch of the database that the operator has configured
   */
  public CommitLease(
      Vertx vertx, Supplier<Future<PgConnectOptions>> primary, Duration validity, int epoch) {
    this.vertx = vertx;
    this.primary = primary;
    this.validity = validity;
    this.epoch = epoch;
  }

  /** Reads the database's time with every commit that returns. */
  public void onDatabaseTime(DatabaseTime reader) {
    databaseTime = reader;
  }

  /**
   * Sends the first commit and one more each second. Further calls change nothing.
   *
   * @return completes when the first commit has returned; fails with {@link RestoredDatabase}
   */
  public synchronized Future<Void> start() {
    if (!started) {
      Context own = vertx.getOrCreateContext();
      context = own;
      started = true;
      own.runOnContext(unused -> tick());
      timer = vertx.setPeriodic(EVERY.toMillis(), unused -> own.runOnContext(now -> tick()));
    }
    return first.future();
  }

  /** Whether a commit that was sent within the validity has returned. */
  public boolean isHeld() {
    long at = confirmedAt;
    return at != NEVER && System.nanoTime() - at <= validity.toNanos();
  }

  /**
   * The timeline of the server on which the last commit returned, as the eight hexadecimal digits
   * that begin the names of its WAL files. Empty before the first one.
   */
  public String timeline() {
    return timeline;
  }

  /**
   * Fails if the lease is not held. Before {@link #start()} there is none, and this does nothing.
   *
   * @throws LeaseLost if a decision could be based on a database that no longer commits
   */
  public void require() {
    if (started && !isHeld()) {
      throw new LeaseLost(reason());
    }
  }

  private String reason() {
    String copy = restored;
    return copy != null
        ? copy
        : "no commit has returned for %s, a synchronous standby may be missing".formatted(validity);
  }

  /**
   * Completes when everything that was committed before this call is on the standby. If an operator
   * cancels a commit that waits for the standby, PostgreSQL reports success with a warning, so the
   * return of a commit alone does not prove that. A commit that is sent now and returns proves it,
   * because the log is replicated in order. Without a synchronous standby this completes at once.
   *
   * @param since the {@link #timeline()} before the work. If it is another one now, this fails: the
   *     work may have been committed on a server that was replaced
   */
  public Future<Void> confirm(String since) {
    Context own = context;
    if (!started || own == null) {
      return Future.succeededFuture();
    }
    return (synchronous && since.equals(timeline) ? commitAgain(own) : Future.succeededFuture())
        .compose(
            unused ->
                since.equals(timeline)
                    ? Future.succeededFuture()
                    : Future.failedFuture(unconfirmed()));
  }

  private Future<Void> commitAgain(Context own) {
    Promise<Void> confirmed = Promise.promise();
    own.runOnContext(
        unused -> {
          waiting.add(confirmed);
          if (!outstanding) {
            send();
          }
        });
    long deadline = vertx.setTimer(validity.toMillis(), unused -> confirmed.tryFail(unconfirmed()));
    return confirmed.future().onComplete(done -> vertx.cancelTimer(deadline));
  }

  private static LeaseLost unconfirmed() {
    return new LeaseLost("the standby has not confirmed the commit");
  }

  /** Closes the connection. */
  public void stop() {
    vertx.cancelTimer(timer);
    Context own = context;
    if (own != null) {
      own.runOnContext(unused -> drop());
    }
  }

  private void tick() {
    if (!lost && !isHeld()) {
      lost = true;
      LOG.warnf("%s; nothing is decided until one does", reason());
    }
    if (outstanding && System.nanoTime() - sentAt > 2 * validity.toNanos()) {
      // Not an idle timeout of the client: it waits for the server to close the connection, too.
      failed(new LeaseLost(reason()));
    }
    if (!outstanding) {
      send();
    }
    primary.get().onSuccess(this::follow);
  }

  /** An old primary without a synchronous standby commits on its own. */
  private void follow(PgConnectOptions found) {
    PgConnectOptions used = server;
    if (connection != null && used != null && !isSame(used, found)) {
      LOG.warnf("the primary is %s:%d now", found.getHost(), found.getPort());
      confirmedAt = NEVER;
      drop();
    }
  }

  private static boolean isSame(PgConnectOptions one, PgConnectOptions other) {
    return one.getHost().equals(other.getHost()) && one.getPort() == other.getPort();
  }

  private void send() {
    long sending = ++attempt;
    outstanding = true;
    cancelled = false;
    sentAt = System.nanoTime();
    sent = waiting;
    waiting = new ArrayList<>();
    connected(sending)
        .compose(this::commit)
        .onComplete(
            result -> {
              if (sending == attempt && outstanding) {
                completed(result);
              }
            });
  }

  private Future<RowSet<Row>> commit(PgConnection open) {
    askedAt = Instant.now();
    return open.query(COMMIT).execute();
  }

  private void completed(AsyncResult<RowSet<Row>> result) {
    outstanding = false;
    if (result.succeeded()) {
      returned(result.result().iterator().next());
    } else {
      failed(result.cause());
    }
  }

  private void returned(Row row) {
    databaseTime.read(askedAt, row.getOffsetDateTime("now").toInstant(), Instant.now());
    restored = DatabaseOrigin.of(row).refusal(epoch).orElse(null);
    if (restored != null) {
      refuse(new RestoredDatabase(restored));
    } else if (row.getString("timeline").compareTo(timeline) < 0) {
      failed(new LeaseLost("the address leads to a primary that was replaced"));
    } else if (cancelled) {
      LOG.warn("a commit was cancelled while it waited for the standby; it does not count");
      waiting.addAll(sent);
      sent = new ArrayList<>();
    } else {
      confirmed(row);
    }
  }

  /**
   * A replica that is running stops deciding at once. One that starts ends, and has closed its
   * connection before: the client's event loops are stopped next.
   */
  private void refuse(RestoredDatabase reason) {
    confirmedAt = NEVER;
    if (!first.future().succeeded()) {
      vertx.cancelTimer(timer);
    }
    failed(reason).onComplete(closed -> first.tryFail(reason));
  }

  private void confirmed(Row row) {
    timeline = row.getString("timeline");
    synchronous = row.getBoolean("synchronous");
    confirmedAt = sentAt;
    first.tryComplete();
    if (lost) {
      lost = false;
      LOG.infof("commits return, timeline=%s", timeline);
    }
    sent.forEach(Promise::tryComplete);
    sent = new ArrayList<>();
    if (!waiting.isEmpty()) {
      send();
    }
  }

  /** The next connection may lead to another server, which proves nothing about this one. */
  private Future<Void> failed(Throwable cause) {
    LOG.debugf("a commit did not return: %s", cause.getMessage());
    outstanding = false;
    List<Promise<Void>> unconfirmed = new ArrayList<>(sent);
    unconfirmed.addAll(waiting);
    sent = new ArrayList<>();
    waiting = new ArrayList<>();
    unconfirmed.forEach(promise -> promise.tryFail(unconfirmed()));
    return drop();
  }

  private Future<PgConnection> connected(long sending) {
    PgConnection open = connection;
    return open != null
        ? Future.succeededFuture(open)
        : primary
            .get()
            .compose(
                found ->
                    PgConnection.connect(vertx, named(found))
                        .compose(opened -> prepare(opened, found, sending)));
  }

  private PgConnectOptions named(PgConnectOptions found) {
    return new PgConnectOptions(found).addProperty("application_name", name);
  }

  private Future<PgConnection> prepare(PgConnection opened, PgConnectOptions found, long sending) {
    if (sending != attempt || !outstanding) {
      opened.close();
      return Future.failedFuture(new LeaseLost("the connection was opened too late"));
    }
    connection = opened;
    server = found;
    opened.noticeHandler(this::noticed);
    opened.exceptionHandler(e -> LOG.debugf("lease connection: %s", e.getMessage()));
    opened.closeHandler(
        unused -> {
          if (opened.equals(connection)) {
            connection = null;
          }
        });
    return opened.query(END_ABANDONED).execute().map(opened);
  }

  /** The message of the warning is translated, so every warning counts as this one. */
  private void noticed(PgNotice notice) {
    LOG.debugf("lease connection: %s", notice.getMessage());
    cancelled = true;
  }

  private Future<Void> drop() {
    PgConnection open = connection;
    connection = null;
    return open == null ? Future.succeededFuture() : open.close();
  }
}
