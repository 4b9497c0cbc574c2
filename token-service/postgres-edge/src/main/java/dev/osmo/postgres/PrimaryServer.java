package dev.osmo.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Which of several servers is the primary. The client itself has no such choice: it connects to
 * each address in turn, standbys included.
 *
 * <p>A single address is used as it is. If it leads to a standby, the statements that decide fail
 * there.
 */
public final class PrimaryServer {

  /** A promotion begins a new timeline. The answer of a standby is empty. */
  private static final String TIMELINE =
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN ''
                  ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END
      """;

  /** How long the other servers may take to answer after the first primary has. */
  private static final long PATIENCE_MILLIS = 250;

  private final Vertx vertx;
  private final List<PgConnectOptions> servers;

  private record Answer(PgConnectOptions server, String timeline) {

    boolean isPrimary() {
      return !timeline.isEmpty();
    }
  }

  /**
   * @param servers at least one; each has a connect timeout
   */
  public PrimaryServer(Vertx vertx, List<PgConnectOptions> servers) {
    this.vertx = vertx;
    this.servers = List.copyOf(servers);
  }

  /**
   * The server that is the primary. If an old primary lives on beside the promoted one, the one
   * that was promoted last. Asks all of them at the same time, so one that does not respond delays
   * the answer by a quarter of a second only. Fails if no server is a primary.
   */
  public Future<PgConnectOptions> find() {
    return servers.size() == 1 ? Future.succeededFuture(servers.getFirst()) : ask();
  }

  private Future<PgConnectOptions> ask() {
    Promise<PgConnectOptions> found = Promise.promise();
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    for (PgConnectOptions server : servers) {
      timelineOf(server)
          .otherwise("")
          .onSuccess(timeline -> answered(new Answer(server, timeline), answers, found));
    }
    return found.future();
  }

  private void answered(Answer answer, Queue<Answer> answers, Promise<PgConnectOptions> found) {
    answers.add(answer);
    if (answers.size() == servers.size()) {
      newest(answers).ifPresentOrElse(found::tryComplete, () -> found.tryFail(noPrimary()));
    } else if (answer.isPrimary()) {
      vertx.setTimer(PATIENCE_MILLIS, unused -> newest(answers).ifPresent(found::tryComplete));
    }
  }

  private static Optional<PgConnectOptions> newest(Queue<Answer> answers) {
    return answers.stream()
        .filter(answer -> answer.isPrimary())
        .max(Comparator.comparing(Answer::timeline))
        .map(Answer::server);
  }

  private Future<String> timelineOf(PgConnectOptions server) {
    return PgConnection.connect(vertx, server)
        .compose(
            connection ->
                connection
                    .query(TIMELINE)
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0))
                    .eventually(() -> connection.close()));
  }

  /** The host and the port of each server, for the operator. */
  String names() {
    return servers.stream()
        .map(server -> server.getHost() + ":" + server.getPort())
        .collect(Collectors.joining(", "));
  }

  private NoPrimary noPrimary() {
    return new NoPrimary(names());
  }
}
