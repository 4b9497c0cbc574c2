package dev.osmo.bench.ceiling;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The look-ups of one event loop. Those that come while a statement is under way go together in the
 * next one. A batch of one reads each token with a statement of its own, many at a time.
 */
final class Reads {

  private static final String ONE =
      "SELECT token_id, phc FROM osmo.access_token_secret WHERE lookup = $1";
  private static final String MANY =
      "SELECT s.token_id, s.phc FROM unnest($1::bytea[]) WITH ORDINALITY AS wanted (lookup, place) "
          + "CROSS JOIN LATERAL (SELECT token_id, phc FROM osmo.access_token_secret s WHERE s.lookup = wanted.lookup) s "
          + "ORDER BY place";

  private final Pool pool;
  private final int batch;
  private final Queue<Read> waiting = new ArrayDeque<>();
  private boolean underWay;

  Reads(Pool pool, int batch) {
    this.pool = pool;
    this.batch = batch;
  }

  /** The id of the token with this lookup, which must exist. */
  Future<String> tokenOf(Buffer lookup) {
    if (batch == 1) {
      return pool.preparedQuery(ONE)
          .execute(Tuple.of(lookup))
          .map(rows -> rows.iterator().next().getString(0));
    }
    Read read = new Read(lookup, Promise.promise());
    waiting.add(read);
    sendNext();
    return read.token().future();
  }

  private void sendNext() {
    if (underWay || waiting.isEmpty()) {
      return;
    }
    underWay = true;
    List<Read> sent = new ArrayList<>();
    for (Read read = waiting.poll();
        read != null;
        read = sent.size() < batch ? waiting.poll() : null) {
      sent.add(read);
    }
    Buffer[] lookups = sent.stream().map(Read::lookup).toArray(Buffer[]::new);
    pool.preparedQuery(MANY)
        .execute(Tuple.of(lookups))
        .onComplete(
            rows -> {
              underWay = false;
              sendNext();
              if (rows.succeeded()) {
                complete(sent, rows.result());
              } else {
                sent.forEach(read -> read.token().fail(rows.cause()));
              }
            });
  }

  private static void complete(List<Read> sent, RowSet<Row> rows) {
    int place = 0;
    for (Row row : rows) {
      sent.get(place++).token().complete(row.getString(0));
    }
  }

  private record Read(Buffer lookup, Promise<String> token) {}
}
