package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/**
 * Ends a secret for whoever presents it. Finding it under its keyed lookup is proof enough to take
 * a right away, so a stranger costs one indexed read and no Argon2.
 */
@Singleton
public class SecretRevocation {

  private static final String REVOKE =
      """
      SELECT count(*) FILTER (WHERE revoke_secret(presented.lookup, $2)) AS ended
        FROM unnest($1::bytea[]) AS presented (lookup)
      """;

  private final Database database;
  private final Peppers peppers;

  SecretRevocation(Database database, Peppers peppers) {
    this.database = database;
    this.peppers = peppers;
  }

  /** True when a secret was alive and is not any more. */
  public Uni<Boolean> revoke(PatText pat, String reason) {
    return database
        .ask(REVOKE, Tuple.tuple().addValue(lookups(pat)).addValue(reason))
        .map(rows -> rows.iterator().next().getLong("ended") > 0);
  }

  private Buffer[] lookups(PatText pat) {
    return peppers.lookupsOf(pat).stream()
        .map(lookup -> Buffer.buffer(lookup.bytes()))
        .toArray(Buffer[]::new);
  }
}
