package dev.osmo.token.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Runs a statement that reads, outside of any session and transaction, under the lease of commits:
 * one round trip, and no entity is kept. Never inside a transaction, because it takes another
 * connection.
 */
@ApplicationScoped
public class Reads {

  private final Lease lease;
  private final Pool pool;

  Reads(Lease lease, Pool pool) {
    this.lease = lease;
    this.pool = pool;
  }

  public <T> Uni<List<T>> list(NativeQuery query, Function<Row, T> read) {
    return lease.read(() -> execute(query)).map(rows -> rows.map(Row::new).map(read).toList());
  }

  private Uni<Stream<io.vertx.mutiny.sqlclient.Row>> execute(NativeQuery query) {
    // Not pool.preparedQuery(…), whose wait for a connection is not limited.
    return pool.withConnection(
            connection ->
                connection.preparedQuery(query.positional()).execute(query.positionalValues()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false));
  }

  public <T> Uni<Optional<T>> first(NativeQuery query, Function<Row, T> read) {
    return list(query, read).map(rows -> rows.stream().findFirst());
  }
}
