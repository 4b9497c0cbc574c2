package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.http.denial.RemovedRole;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads who caused the refusal of a stored token. Only for the caller that has the exact secret.
 */
@ApplicationScoped
public class RefusalFacts {

  private static final String READ =
      """
      SELECT (SELECT s.reason FROM access_token_secret s WHERE s.id = $4) AS because,
             (SELECT c.actor FROM last_changes($1, $2, $3) c ORDER BY c.occurred_at DESC LIMIT 1) AS actor,
             r.role_name, r.removed_by, r.removed_at
        FROM (SELECT) one LEFT JOIN removed_role r ON r.token_id = $1
       ORDER BY r.removed_at DESC
       LIMIT 100
      """;

  /**
   * What caused it.
   *
   * @param because the text that a revocation stored
   * @param by the last user who made one of the changes; null if nobody was signed in
   * @param removed the roles that the token lost
   */
  public record Cause(@Nullable String because, @Nullable String by, List<RemovedRole> removed) {

    public Cause {
      removed = List.copyOf(removed);
    }
  }

  private final Database database;

  RefusalFacts(Database database) {
    this.database = database;
  }

  /** The cause, where the last of these kinds of audit event is the change to explain. */
  public Uni<Cause> of(StoredPat pat, List<String> kinds) {
    return database
        .query(
            READ,
            Tuple.tuple()
                .addValue(pat.id().value())
                .addValue(pat.owner().userId())
                .addValue(kinds.toArray(String[]::new))
                .addValue(pat.credential().id()))
        .map(RefusalFacts::cause);
  }

  private static Cause cause(RowSet<Row> rows) {
    Row first = rows.iterator().next();
    List<RemovedRole> removed =
        StreamSupport.stream(rows.spliterator(), false)
            .filter(row -> row.getString("role_name") != null)
            .map(RefusalFacts::removedRole)
            .toList();
    return new Cause(first.getString("because"), first.getString("actor"), removed);
  }

  private static RemovedRole removedRole(Row row) {
    return new RemovedRole(
        row.getString("role_name"),
        row.getString("removed_by"),
        row.getOffsetDateTime("removed_at").toInstant());
  }
}
