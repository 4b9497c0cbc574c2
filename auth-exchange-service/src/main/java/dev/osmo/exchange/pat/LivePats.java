package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.pat.PatId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds a valid token and its current roles by its id and the id of one of its secrets. */
@ApplicationScoped
public class LivePats {

  /** The view has a row only while the secret can be used. */
  private static final String FIND_USABLE_BY_ID =
      """
      SELECT s.token_id AS pat_id, s.user_id, s.created_at,
             ARRAY(SELECT r.role_name FROM effective_roles(s.token_id, s.user_id) r
                    ORDER BY r.role_name COLLATE "C") AS roles,
             statement_timestamp() AS read_at
        FROM usable_secret s
       WHERE s.token_id = $1 AND s.user_id = $2 AND s.id = $3
      """;

  private final Database database;

  LivePats(Database database) {
    this.database = database;
  }

  public Uni<Optional<LivePat>> find(String patId, String userId, UUID secretId) {
    return database
        .query(FIND_USABLE_BY_ID, Tuple.of(patId, userId, secretId))
        .map(LivePats::atMostOne);
  }

  private static Optional<LivePat> atMostOne(RowSet<Row> rows) {
    return rows.rowCount() == 0 ? Optional.empty() : Optional.of(pat(rows.iterator().next()));
  }

  private static LivePat pat(Row row) {
    return new LivePat(
        new PatId(row.getString("pat_id")),
        row.getString("user_id"),
        row.getOffsetDateTime("created_at").toInstant(),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("read_at").toInstant());
  }
}
