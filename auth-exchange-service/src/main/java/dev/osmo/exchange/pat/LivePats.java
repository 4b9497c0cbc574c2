package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.pat.PatId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds what a token may do now, by its id and that of a secret: for whoever presents what was made
 * from them.
 */
@Singleton
public class LivePats {

  /** Alive as the exchange's policy says it, and so is the one secret that was presented. */
  private static final String FIND_ALIVE_BY_ID =
      """
      SELECT t.id AS pat_id, t.user_id, t.created_at,
             ARRAY(SELECT a.role_name
                     FROM access_token_role r
                     JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = t.user_id
                    WHERE r.token_id = t.id
                    ORDER BY a.role_name COLLATE "C") AS roles,
             statement_timestamp() AS read_at
        FROM access_token t
        JOIN users u ON u.id = t.user_id
       WHERE t.id = $1 AND t.user_id = $2
         AND u.disabled_at IS NULL
         AND t.suspended_at IS NULL
         AND t.expires_at > statement_timestamp()
         AND EXISTS (SELECT FROM access_token_secret s
                      WHERE s.id = $3 AND s.token_id = t.id AND s.revoked_at IS NULL
                        AND coalesce(s.valid_until, 'infinity') > statement_timestamp())
      """;

  private final Database database;

  LivePats(Database database) {
    this.database = database;
  }

  public Uni<Optional<LivePat>> find(String patId, String userId, UUID secretId) {
    return database
        .ask(FIND_ALIVE_BY_ID, Tuple.of(patId, userId, secretId))
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
