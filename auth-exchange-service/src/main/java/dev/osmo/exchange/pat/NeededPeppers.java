package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** A secret whose pepper is missing would look like a deleted one: better not to start. */
@Singleton
public class NeededPeppers {

  private static final String FIND_A_LIVE_SECRET_WITHOUT_PEPPER =
      """
      SELECT s.pepper_id
        FROM access_token_secret s
        JOIN access_token t ON t.id = s.token_id
       WHERE s.pepper_id <> ALL ($1)
         AND s.revoked_at IS NULL
         AND coalesce(s.valid_until, 'infinity') > now()
         AND t.expires_at > now()
       LIMIT 1
      """;

  private final Database database;
  private final Peppers peppers;
  private final SecretFile file;

  NeededPeppers(Database database, Peppers peppers, AuthExchangeConfig config) {
    this.database = database;
    this.peppers = peppers;
    this.file = SecretFile.ofPeppers(config.pepperFile());
  }

  /** Ends the start when a live secret needs a pepper that the file does not hold. */
  public void check() {
    String[] known = peppers.all().stream().map(Pepper::id).toArray(String[]::new);
    for (Row missing :
        database.askNow(FIND_A_LIVE_SECRET_WITHOUT_PEPPER, Tuple.tuple().addValue(known))) {
      throw file.refused(
          "lacks the pepper '%s' that live tokens need".formatted(missing.getString("pepper_id")));
    }
  }
}
