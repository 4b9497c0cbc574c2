package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Revokes a presented secret. A match of the keyed lookup is sufficient to revoke, so an unknown
 * token costs one indexed read and no Argon2.
 */
@ApplicationScoped
public class SecretRevocation {

  private static final String REVOKE =
      """
      SELECT count(*) FILTER (WHERE revoke_secret(presented.lookup, $2)) AS ended
        FROM unnest($1::bytea[]) AS presented (lookup)
       WHERE require_primary($3)
      """;

  private final Database database;
  private final Peppers peppers;

  SecretRevocation(Database database, Peppers peppers) {
    this.database = database;
    this.peppers = peppers;
  }

  /** True if a live secret was revoked. */
  public Uni<Boolean> revoke(PatText pat, String reason) {
    return database
        .change(REVOKE, Tuple.tuple().addValue(lookups(pat)).addValue(reason))
        .map(rows -> rows.iterator().next().getLong("ended") > 0);
  }

  private Buffer[] lookups(PatText pat) {
    return peppers.lookupsOf(pat).stream()
        .map(lookup -> Buffer.buffer(lookup.bytes()))
        .toArray(Buffer[]::new);
  }
}
