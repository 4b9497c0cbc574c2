package dev.osmo.exchange.session;

import dev.osmo.exchange.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds and ends sessions, on the primary, in statements that start after the request arrived. */
@ApplicationScoped
public class StoredSessions {

  /** The view has a row only while the session can be used. */
  private static final String FIND_USABLE_BY_ID =
      """
      SELECT s.id, s.user_id, s.client_id, s.display_name, s.expires_at,
             ARRAY(SELECT r.role_name FROM role_assignment r WHERE r.user_id = s.user_id
                    ORDER BY r.role_name COLLATE "C") AS roles,
             statement_timestamp() AS read_at
        FROM usable_session s
       WHERE s.id = $1 AND require_primary($2)
      """;

  /** The actor is the user: whoever presents a session's credential ends it in their name. */
  private static final String END =
      """
      SELECT end_session(s.id, s.user_id, $2, $3) AS ended
        FROM login_session s
       WHERE s.id = $1 AND require_primary($4)
      """;

  private final Database database;

  StoredSessions(Database database) {
    this.database = database;
  }

  /** The session; empty if it does not exist, has ended or expired, or its user is disabled. */
  public Uni<Optional<StoredSession>> find(UUID id) {
    return database
        .query(FIND_USABLE_BY_ID, Tuple.of(id, database.timeline()))
        .map(rows -> stream(rows).map(StoredSessions::session).findFirst());
  }

  /**
   * Ends the session for all replicas. True if it had not ended before.
   *
   * @param requestId the request that the audit trail names
   */
  public Uni<Boolean> end(UUID id, String reason, String requestId) {
    return database
        .change(END, Tuple.of(id, reason, requestId))
        .map(rows -> stream(rows).anyMatch(row -> row.getBoolean("ended")));
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  private static StoredSession session(Row row) {
    return new StoredSession(
        row.getUUID("id"),
        row.getString("user_id"),
        row.getString("client_id"),
        row.getString("display_name"),
        row.getOffsetDateTime("expires_at").toInstant(),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("read_at").toInstant());
  }
}
