package dev.osmo.exchange.pat;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import dev.osmo.http.start.StartRefused;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Checks that the pepper file has every pepper that live secrets need, and no other one under the
 * id of a pepper that the database knows.
 */
@ApplicationScoped
public class NeededPeppers {

  private static final Logger LOG = Logger.getLogger(NeededPeppers.class);

  private static final String FIND_A_MISSING_PEPPER =
      "SELECT pepper_id FROM pepper_in_use WHERE require_primary($2) AND pepper_id <> ALL ($1) LIMIT 1";
  private static final String CHECK_VALUES =
      "SELECT pepper_id, encode(check_value, 'hex') AS check_value FROM pepper_check WHERE require_primary($1)";

  private final Database database;
  private final Peppers peppers;
  private final SecretFile file;

  /** Whether the database knows every pepper of the file: then nothing can change. */
  private volatile boolean allRecorded;

  private volatile boolean reported;

  NeededPeppers(Database database, Peppers peppers, AuthExchangeConfig config) {
    this.database = database;
    this.peppers = peppers;
    this.file = SecretFile.ofPeppers(config.pepperFile());
  }

  /** Stops the start if a pepper is missing or another one: its tokens would look deleted. */
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
    database
        .atStart(this::compare)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /**
   * Why this replica must serve no requests; empty if it may. token-service records a new pepper,
   * perhaps after the start of this replica, so the comparison is repeated until it has.
   */
  public Uni<String> obstacle() {
    return allRecorded
        ? Uni.createFrom().item("")
        : compare().map(refusal -> refusal.map(this::reported).orElse(""));
  }

  private String reported(StartRefused refusal) {
    String sentence = String.valueOf(refusal.getMessage());
    if (!reported) {
      reported = true;
      LOG.error(sentence);
    }
    return sentence;
  }

  private Uni<Optional<StartRefused>> compare() {
    return database
        .query(CHECK_VALUES, Tuple.of(database.timeline()))
        .map(NeededPeppers::checkValues)
        .map(this::compare);
  }

  private Optional<StartRefused> compare(Map<String, String> recorded) {
    Optional<StartRefused> refusal = file.otherPeppers(peppers, recorded);
    allRecorded = refusal.isEmpty() && peppers.unrecorded(recorded.keySet()).isEmpty();
    return refusal;
  }

  private static Map<String, String> checkValues(RowSet<Row> rows) {
    Map<String, String> recorded = new HashMap<>();
    rows.forEach(row -> recorded.put(row.getString("pepper_id"), row.getString("check_value")));
    return recorded;
  }
}
