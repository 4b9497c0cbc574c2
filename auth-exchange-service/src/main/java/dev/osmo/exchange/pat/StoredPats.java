package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.BatchedReads;
import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.RowsStatement;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.pat.Phc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens of presented texts, on the primary, in statements that start after the requests
 * arrived. One statement reads for all requests that wait for it.
 */
@Singleton
public class StoredPats {

  /**
   * Reads facts only, so that the policy can distinguish expired, suspended, rotated out and
   * revoked.
   *
   * <p>{@code OFFSET 0} keeps one search of the index for each lookup, whatever the statistics.
   */
  private static final String FIND_BY_LOOKUPS =
      """
      SELECT found.pat_id, found.name, found.created_at, found.expires_at, found.suspended_at,
             found.secret_id, found.pepper_id, found.lookup, found.phc, found.first_used_at,
             found.valid_until, found.revoked_at, found.user_id, found.disabled_at, found.sign_in_due_at,
             found.roles, statement_timestamp() AS read_at
        FROM (VALUES %s) AS presented (lookup)
       CROSS JOIN LATERAL (
             SELECT t.id AS pat_id, t.name, t.created_at, t.expires_at, t.suspended_at,
                    s.id AS secret_id, s.pepper_id, s.lookup, s.phc, s.first_used_at,
                    s.valid_until, s.revoked_at, u.id AS user_id, u.disabled_at, u.sign_in_due_at,
                    ARRAY(SELECT r.role_name FROM effective_roles(t.id, t.user_id) r
                           ORDER BY r.role_name COLLATE "C") AS roles
               FROM access_token_secret s
               JOIN access_token t ON t.id = s.token_id
               JOIN users u ON u.id = t.user_id
              WHERE s.lookup = presented.lookup
             OFFSET 0) AS found
       WHERE require_primary($1)
      """;

  /** Lookups in one statement. Larger ones cost almost as much for each lookup. */
  public static final int MOST_LOOKUPS = 32;

  private final Database database;
  private final Peppers peppers;
  private final RowsStatement findByLookups;
  private final BatchedReads<List<Lookup>, List<Row>> reads;

  StoredPats(Database database, Peppers peppers) {
    int requests = Math.max(1, MOST_LOOKUPS / peppers.all().size());
    this.database = database;
    this.peppers = peppers;
    this.findByLookups = findByLookups(requests * peppers.all().size());
    this.reads = database.batched(requests, this::read);
  }

  /** The statement for the lookups of each presented token, one for each pepper. */
  static RowsStatement findByLookups(int most) {
    return new RowsStatement(FIND_BY_LOOKUPS, most, List.of("bytea"));
  }

  /** Whether so many tokens wait to be found that the next one would be refused. */
  public boolean isOverloaded() {
    return reads.isFull();
  }

  public Uni<Optional<StoredPat>> find(PatText pat) {
    List<Lookup> presented = peppers.lookupsOf(pat);
    return reads
        .read(presented)
        .map(StoredPats::atMostOne)
        // The cache of verified secrets is bound to the presented text, not to the stored lookup.
        .map(found -> found.filter(stored -> isOneOf(presented, stored.credential())));
  }

  private static boolean isOneOf(List<Lookup> presented, StoredCredential credential) {
    return credential instanceof StoredSecret secret && presented.contains(secret.lookup());
  }

  /** Runs the statement of a single exchange, on a connection of its own, for no token. */
  Uni<Void> readNothing() {
    List<@Nullable Buffer> nothing = Collections.nCopies(peppers.all().size(), null);
    return database
        .query(
            findByLookups.text(nothing.size()),
            findByLookups.parameters(database.timeline(), nothing))
        .replaceWithVoid();
  }

  /** The rows of each token. They are not parsed here: a damaged one fails its own request only. */
  private Uni<List<List<Row>>> read(List<List<Lookup>> tokens, Duration within) {
    List<Buffer> lookups =
        tokens.stream().flatMap(List::stream).map(lookup -> Buffer.buffer(lookup.bytes())).toList();
    return database
        .query(
            findByLookups.text(lookups.size()),
            findByLookups.parameters(database.timeline(), lookups),
            within)
        .map(StoredPats::byLookup)
        .map(found -> tokens.stream().map(presented -> rows(presented, found)).toList());
  }

  private static Map<String, Row> byLookup(RowSet<Row> rows) {
    Map<String, Row> found = new HashMap<>();
    rows.forEach(row -> found.put(hex(row), row));
    return found;
  }

  private static List<Row> rows(List<Lookup> presented, Map<String, Row> found) {
    return presented.stream().map(Lookup::hex).map(found::get).filter(Objects::nonNull).toList();
  }

  private static Optional<StoredPat> atMostOne(List<Row> rows) {
    if (rows.size() > 1) {
      throw new IllegalStateException("one presented token belongs to two secrets");
    }
    return rows.stream().map(StoredPats::pat).findFirst();
  }

  private static StoredPat pat(Row row) {
    StoredPatRow stored = new StoredPatRow(row);
    return stored.with(
        new StoredSecret(
            row.getUUID("secret_id"),
            lookup(row),
            new Phc(row.getString("phc")),
            stored.timeOrNull("first_used_at"),
            stored.timeOrNull("valid_until"),
            stored.timeOrNull("revoked_at")));
  }

  private static Lookup lookup(Row row) {
    return new Lookup(row.getString("pepper_id"), hex(row));
  }

  private static String hex(Row row) {
    return HexFormat.of().formatHex(row.getBuffer("lookup").getBytes());
  }
}
