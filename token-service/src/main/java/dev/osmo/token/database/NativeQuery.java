package dev.osmo.token.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * A native SQL statement and its named parameters. It runs in the session or transaction of the
 * caller, each time that its result is subscribed to; {@link Reads} runs it without one. The
 * statement is a constant: values enter it only as parameters.
 */
public final class NativeQuery {

  private final String sql;
  private final Map<String, @Nullable Object> parameters = new HashMap<>();

  private NativeQuery(String sql) {
    this.sql = sql;
  }

  public static NativeQuery of(String sql) {
    return new NativeQuery(sql);
  }

  /** A parameter that may be null needs a cast in the statement, which states its type. */
  public NativeQuery with(String name, @Nullable Object value) {
    parameters.put(name, value);
    return this;
  }

  /** The number of rows that the statement changed. */
  public Uni<Integer> execute() {
    return Panache.getSession()
        .chain(session -> bind(session.createNativeQuery(sql)).executeUpdate());
  }

  /** The only column of the only row. Fails if no row is found. */
  public <T> Uni<T> single(Class<T> type) {
    return Panache.getSession().chain(session -> selection(session, type).getSingleResult());
  }

  /** The only column of each row. */
  public <T> Uni<List<T>> list(Class<T> type) {
    return Panache.getSession().chain(session -> selection(session, type).getResultList());
  }

  public <T> Uni<List<T>> list(Function<Row, T> read) {
    return list(jakarta.persistence.Tuple.class)
        .map(rows -> rows.stream().map(Row::new).map(read).toList());
  }

  public <T> Uni<Optional<T>> first(Function<Row, T> read) {
    return list(read).map(rows -> rows.stream().findFirst());
  }

  /** The statement as the driver reads it. */
  String positional() {
    return PositionalSql.of(sql).text();
  }

  /** The values in the order of the driver's placeholders. */
  Tuple positionalValues() {
    return Tuple.tuple(
        PositionalSql.of(sql).names().stream().map(parameters::get).collect(Collectors.toList()));
  }

  private <T> Mutiny.SelectionQuery<T> selection(Mutiny.Session session, Class<T> type) {
    Mutiny.SelectionQuery<T> query = session.createNativeQuery(sql, type);
    parameters.forEach(query::setParameter);
    return query;
  }

  private Mutiny.Query<Object> bind(Mutiny.Query<Object> query) {
    parameters.forEach(query::setParameter);
    return query;
  }
}
