package dev.osmo.exchange.jwt;

import dev.osmo.exchange.database.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.StreamSupport;

/** The table {@code signing_key}. */
@Singleton
class SigningKeyTable {

  private static final String FIND_NOT_GONE =
      """
      SELECT kid, state, public_jwk, private_key
        FROM signing_key
       WHERE state <> 'gone'
       ORDER BY created_at, kid
      """;

  /** Of replicas that start at once, one writes; the unique index lets the others find its key. */
  private static final String INSERT_ACTIVE_UNLESS_THERE_IS_ONE =
      """
      INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state, activated_at)
      VALUES ($1, $2, $3, $4, 'active', now())
      ON CONFLICT (state) WHERE state = 'active' DO NOTHING
      """;

  private final Database database;

  SigningKeyTable(Database database) {
    this.database = database;
  }

  List<SealedKey> findNotGone() {
    Iterable<Row> rows = database.askNow(FIND_NOT_GONE, Tuple.tuple());
    return StreamSupport.stream(rows.spliterator(), false).map(SigningKeyTable::sealedKey).toList();
  }

  void insertActiveUnlessThereIsOne(SealedKey key) {
    database.askNow(
        INSERT_ACTIVE_UNLESS_THERE_IS_ONE,
        Tuple.of(
            key.id().value(),
            SigningKey.ALGORITHM,
            new JsonObject(key.publicJwk()),
            key.privatePart()));
  }

  private static SealedKey sealedKey(Row row) {
    return new SealedKey(
        new KeyId(row.getString("kid")),
        KeyState.of(row.getString("state")),
        row.getJsonObject("public_jwk").encode(),
        Buffer.buffer(row.getBuffer("private_key").getBytes()));
  }
}
