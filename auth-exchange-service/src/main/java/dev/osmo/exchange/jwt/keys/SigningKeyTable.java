package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.jwt.keys.KeyTransition.Activate;
import dev.osmo.exchange.jwt.keys.KeyTransition.CreateActive;
import dev.osmo.exchange.jwt.keys.KeyTransition.Erase;
import dev.osmo.exchange.jwt.keys.KeyTransition.ExtendRetention;
import dev.osmo.exchange.jwt.keys.KeyTransition.Publish;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * The table {@code signing_key}. Its triggers set the times and reject a change back to an earlier
 * state.
 */
@ApplicationScoped
class SigningKeyTable {

  /** Reads any row, whatever it contains, so that a forged row cannot hide the others. */
  private static final String FIND_NOT_GONE =
      """
      SELECT now.at, k.kid, k.state, k.public_jwk::text AS public_jwk, k.private_key,
             least(now.at,
                   CASE k.state WHEN 'active' THEN coalesce(k.activated_at, k.created_at)
                                WHEN 'retiring' THEN coalesce(k.retired_at, now.at)
                                ELSE k.created_at END) AS since,
             (extract(epoch FROM least(k.afterlife, interval '100 years')) * 1000)::bigint
               AS afterlife_millis
        FROM (SELECT clock_timestamp() AS at) now
        LEFT JOIN signing_key k ON k.state <> 'gone'
       WHERE require_primary($1)
       ORDER BY k.created_at, k.kid
      """;

  /** Serialises the replicas. If there is no row to lock, a unique index decides. */
  private static final String LOCK_NOT_GONE =
      "SELECT kid FROM signing_key WHERE state <> 'gone' ORDER BY kid FOR NO KEY UPDATE";

  private static final String INSERT =
      """
      INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state, afterlife, activated_at)
      VALUES ($1, $2, $3, $4, $5::text, $6 * interval '1 millisecond',
              CASE $5::text WHEN 'active' THEN clock_timestamp() END)
      ON CONFLICT DO NOTHING
      """;

  /** The audit trail names the command. */
  private static final String NAME_COMMAND = "SELECT set_config('osmo.command', $1, true)";

  private static final String RETIRE_ACTIVE =
      "UPDATE signing_key SET state = 'retiring' WHERE state = 'active'";
  private static final String ACTIVATE = "UPDATE signing_key SET state = 'active' WHERE kid = $1";
  private static final String EXTEND_RETENTION =
      "UPDATE signing_key SET afterlife = $2 * interval '1 millisecond' WHERE kid = $1";
  private static final String ERASE = "UPDATE signing_key SET state = 'gone' WHERE kid = $1";

  private final Database database;

  SigningKeyTable(Database database) {
    this.database = database;
  }

  Uni<StoredKeys> read() {
    return database
        .query(FIND_NOT_GONE, Tuple.of(database.timeline()))
        .map(SigningKeyTable::keysNow);
  }

  /** Decides on a change and applies it, while no other replica can. */
  Uni<Void> apply(Function<StoredKeys, Optional<KeyTransition>> decide, Supplier<NewKey> newKey) {
    return database.inTransaction(connection -> apply(decide, newKey, connection));
  }

  /** The same for an operator's command. */
  Uni<Void> applyCommand(
      String command,
      Function<StoredKeys, Optional<KeyTransition>> decide,
      Supplier<NewKey> newKey) {
    return database.inTransaction(
        connection ->
            query(connection, NAME_COMMAND, Tuple.of(command))
                .chain(named -> apply(decide, newKey, connection)));
  }

  private Uni<Void> apply(
      Function<StoredKeys, Optional<KeyTransition>> decide,
      Supplier<NewKey> newKey,
      SqlConnection in) {
    return query(in, LOCK_NOT_GONE, Tuple.tuple())
        .chain(locked -> query(in, FIND_NOT_GONE, Tuple.of(database.timeline())))
        .map(rows -> decide.apply(keysNow(rows)))
        .chain(
            transition ->
                transition
                    .map(due -> apply(due, newKey, in))
                    .orElseGet(Uni.createFrom()::voidItem));
  }

  private static Uni<Void> apply(
      KeyTransition transition, Supplier<NewKey> newKey, SqlConnection in) {
    return switch (transition) {
      case Publish publish -> insert(in, newKey.get(), KeyState.PENDING);
      case CreateActive create -> insert(in, newKey.get(), KeyState.ACTIVE);
      case ExtendRetention(KeyId id, Duration retention) ->
          query(in, EXTEND_RETENTION, Tuple.of(id.value(), (double) retention.toMillis()))
              .replaceWithVoid();
      case Erase(KeyId id) -> query(in, ERASE, Tuple.of(id.value())).replaceWithVoid();
      case Activate(KeyId next) ->
          query(in, RETIRE_ACTIVE, Tuple.tuple())
              .chain(retired -> query(in, ACTIVATE, Tuple.of(next.value())))
              .replaceWithVoid();
    };
  }

  private static Uni<Void> insert(SqlConnection in, NewKey newKey, KeyState state) {
    SealedKey key = newKey.key();
    Tuple values =
        Tuple.of(
            key.id().value(),
            SigningKey.ALGORITHM,
            new JsonObject(key.publicJwk()),
            key.privatePart(),
            state.column(),
            (double) newKey.retention().toMillis());
    return query(in, INSERT, values).replaceWithVoid();
  }

  private static Uni<RowSet<Row>> query(SqlConnection connection, String sql, Tuple values) {
    return connection.preparedQuery(sql).execute(values);
  }

  private static StoredKeys keysNow(RowSet<Row> rows) {
    Instant at = rows.iterator().next().getOffsetDateTime("at").toInstant();
    List<StoredKey> keys =
        StreamSupport.stream(rows.spliterator(), false)
            .filter(row -> row.getString("kid") != null)
            .map(SigningKeyTable::storedKey)
            .toList();
    return new StoredKeys(keys, at);
  }

  private static StoredKey storedKey(Row row) {
    return new StoredKey(
        new SealedKey(
            new KeyId(row.getString("kid")),
            row.getString("public_jwk"),
            Buffer.buffer(row.getBuffer("private_key").getBytes())),
        KeyState.of(row.getString("state")),
        row.getOffsetDateTime("since").toInstant(),
        Duration.ofMillis(row.getLong("afterlife_millis")));
  }
}
