package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.pat.PatReference.ById;
import dev.osmo.exchange.pat.PatReference.ByName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Finds the token that a workload names, if it trusts exactly this issuer, audience and subject, on
 * the primary, in a statement that starts after the request arrived. Reads facts only, as {@link
 * StoredPats} does.
 */
@ApplicationScoped
public class TrustingPats {

  private static final String TRUSTING =
      """
      SELECT t.id AS pat_id, t.name, t.created_at, t.expires_at, t.suspended_at,
             s.id AS secret_id, s.first_used_at, s.valid_until, s.revoked_at,
             u.id AS user_id, u.disabled_at, u.sign_in_due_at,
             ARRAY(SELECT r.role_name FROM effective_roles(t.id, t.user_id) r
                    ORDER BY r.role_name COLLATE "C") AS roles,
             statement_timestamp() AS read_at
        FROM access_token t
        JOIN access_token_secret s ON s.token_id = t.id
        JOIN users u ON u.id = t.user_id
       WHERE require_primary($1)
         AND s.trusted_issuer = $2 AND s.trusted_audience = $3 AND s.trusted_subject = $4
      """;

  static final String BY_ID = TRUSTING + "   AND t.id = $5\n";

  static final String BY_NAME =
      TRUSTING
          + """
             AND t.user_id = $5 AND lower(t.name COLLATE "C") = lower($6::text COLLATE "C")
          """;

  private final Database database;

  TrustingPats(Database database) {
    this.database = database;
  }

  public Uni<Optional<StoredPat>> find(
      PatReference pat, String issuer, String audience, String subject) {
    Tuple parameters =
        Tuple.of(database.timeline()).addString(issuer).addString(audience).addString(subject);
    return switch (pat) {
      case ById(var id) -> read(BY_ID, parameters.addString(id.value()));
      case ByName(var owner, var name) ->
          read(BY_NAME, parameters.addString(owner).addString(name));
    };
  }

  /** A token has at most one trust, which a unique index guarantees. */
  private Uni<Optional<StoredPat>> read(String sql, Tuple parameters) {
    return database.query(sql, parameters).map(TrustingPats::first);
  }

  private static Optional<StoredPat> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst().map(TrustingPats::pat);
  }

  private static StoredPat pat(Row row) {
    StoredPatRow stored = new StoredPatRow(row);
    return stored.with(
        new StoredTrust(
            row.getUUID("secret_id"),
            stored.timeOrNull("first_used_at"),
            stored.timeOrNull("valid_until"),
            stored.timeOrNull("revoked_at")));
  }
}
