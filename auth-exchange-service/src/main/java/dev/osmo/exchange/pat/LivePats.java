package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.BatchedReads;
import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.RowsStatement;
import dev.osmo.pat.PatId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds valid tokens and their current roles by their id and the id of one of their secrets. */
@ApplicationScoped
public class LivePats {

  /** The view has a row only while the secret can be used. */
  private static final String FIND_USABLE_BY_IDS =
      """
      SELECT found.pat_id, found.user_id, found.secret_id, found.roles,
             statement_timestamp() AS read_at
        FROM (VALUES %s) AS presented (pat_id, user_id, secret_id)
       CROSS JOIN LATERAL (
             SELECT s.token_id AS pat_id, s.user_id, s.id AS secret_id,
                    ARRAY(SELECT r.role_name FROM effective_roles(s.token_id, s.user_id) r
                           ORDER BY r.role_name COLLATE "C") AS roles
               FROM usable_secret s
              WHERE s.token_id = presented.pat_id AND s.user_id = presented.user_id
                AND s.id = presented.secret_id
             OFFSET 0) AS found
       WHERE require_primary($1)
      """;

  private static final int MOST = 16;

  static final RowsStatement FIND =
      new RowsStatement(FIND_USABLE_BY_IDS, MOST, List.of("text", "text", "uuid"));

  private final Database database;
  private final BatchedReads<Ids, Optional<LivePat>> reads;

  /** What a JWT says about the secret that was exchanged for it. */
  private record Ids(String patId, String userId, UUID secretId) {

    static Ids of(Row row) {
      return new Ids(row.getString("pat_id"), row.getString("user_id"), row.getUUID("secret_id"));
    }

    Stream<Object> values() {
      return Stream.of(patId, userId, secretId);
    }
  }

  LivePats(Database database) {
    this.database = database;
    this.reads = database.batched(MOST, this::read);
  }

  public Uni<Optional<LivePat>> find(String patId, String userId, UUID secretId) {
    return reads.read(new Ids(patId, userId, secretId));
  }

  private Uni<List<Optional<LivePat>>> read(List<Ids> presented, Duration within) {
    List<Object> values = presented.stream().flatMap(Ids::values).toList();
    return database
        .query(FIND.text(presented.size()), FIND.parameters(database.timeline(), values), within)
        .map(LivePats::byIds)
        .map(found -> presented.stream().map(ids -> Optional.ofNullable(found.get(ids))).toList());
  }

  private static Map<Ids, LivePat> byIds(RowSet<Row> rows) {
    Map<Ids, LivePat> found = new HashMap<>();
    rows.forEach(row -> found.put(Ids.of(row), pat(row)));
    return found;
  }

  private static LivePat pat(Row row) {
    return new LivePat(
        new PatId(row.getString("pat_id")),
        row.getString("user_id"),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("read_at").toInstant());
  }
}
