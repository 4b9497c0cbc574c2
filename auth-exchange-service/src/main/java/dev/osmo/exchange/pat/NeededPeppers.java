package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks that the pepper file has every pepper that live secrets need. */
@ApplicationScoped
public class NeededPeppers {

  private static final String FIND_A_MISSING_PEPPER =
      "SELECT pepper_id FROM pepper_in_use WHERE require_primary($2) AND pepper_id <> ALL ($1) LIMIT 1";

  private final Database database;
  private final Peppers peppers;
  private final SecretFile file;

  NeededPeppers(Database database, Peppers peppers, AuthExchangeConfig config) {
    this.database = database;
    this.peppers = peppers;
    this.file = SecretFile.ofPeppers(config.pepperFile());
  }

  /** Stops the start if a pepper is missing: its tokens would look deleted. */
  public void check() {
    String[] known = peppers.all().stream().map(Pepper::id).toArray(String[]::new);
    for (Row missing :
        database.atStart(
            () ->
                database.query(
                    FIND_A_MISSING_PEPPER,
                    Tuple.tuple().addValue(known).addString(database.timeline())))) {
      throw file.refused(
          "lacks the pepper '%s' that live tokens need".formatted(missing.getString("pepper_id")));
    }
  }
}
