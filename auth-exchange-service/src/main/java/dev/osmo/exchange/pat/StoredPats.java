package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.pat.Phc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a presented text, in one statement on the primary that starts after the
 * request arrived.
 */
@ApplicationScoped
public class StoredPats {

  /**
   * Reads facts only, so that the policy can distinguish expired, suspended, rotated out and
   * revoked.
   */
  static final String FIND_BY_LOOKUP =
      """
      SELECT t.id AS pat_id, t.name, t.expires_at, t.suspended_at,
             s.id AS secret_id, s.pepper_id, s.lookup, s.phc, s.first_used_at, s.valid_until, s.revoked_at,
             u.id AS user_id, u.disabled_at,
             ARRAY(SELECT r.role_name FROM effective_roles(t.id, t.user_id) r
                    ORDER BY r.role_name COLLATE "C") AS roles,
             statement_timestamp() AS read_at
        FROM access_token_secret s
        JOIN access_token t ON t.id = s.token_id
        JOIN users u ON u.id = t.user_id
       WHERE s.lookup = ANY ($1)
      """;

  private final Database database;
  private final Peppers peppers;

  StoredPats(Database database, Peppers peppers) {
    this.database = database;
    this.peppers = peppers;
  }

  public Uni<Optional<StoredPat>> find(PatText pat) {
    List<Lookup> presented = peppers.lookupsOf(pat);
    return database
        .query(FIND_BY_LOOKUP, anyOf(presented))
        .map(StoredPats::atMostOne)
        // The cache of verified secrets is bound to the presented text, not to the stored lookup.
        .map(found -> found.filter(stored -> presented.contains(stored.secret().lookup())));
  }

  private static Tuple anyOf(List<Lookup> lookups) {
    return Tuple.tuple()
        .addValue(
            lookups.stream().map(lookup -> Buffer.buffer(lookup.bytes())).toArray(Buffer[]::new));
  }

  private static Optional<StoredPat> atMostOne(RowSet<Row> rows) {
    if (rows.rowCount() > 1) {
      throw new IllegalStateException("one presented token belongs to two secrets");
    }
    return rows.rowCount() == 0 ? Optional.empty() : Optional.of(pat(rows.iterator().next()));
  }

  private static StoredPat pat(Row row) {
    return new StoredPat(
        new PatId(row.getString("pat_id")),
        row.getString("name"),
        row.getOffsetDateTime("expires_at").toInstant(),
        instant(row, "suspended_at"),
        secret(row),
        new StoredPat.Owner(row.getString("user_id"), instant(row, "disabled_at")),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("read_at").toInstant());
  }

  private static StoredSecret secret(Row row) {
    return new StoredSecret(
        row.getUUID("secret_id"),
        new Lookup(
            row.getString("pepper_id"),
            HexFormat.of().formatHex(row.getBuffer("lookup").getBytes())),
        new Phc(row.getString("phc")),
        instant(row, "first_used_at"),
        instant(row, "valid_until"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
