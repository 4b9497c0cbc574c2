package dev.osmo.token.start;

import dev.osmo.http.start.StartRefused;
import dev.osmo.pat.Pepper;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Checks that the pepper file is that of the database: it has every pepper that live secrets need,
 * and no other one under the id of a pepper that the database knows. Records the check values of
 * new peppers, before a token is made with them.
 */
@ApplicationScoped
class KnownPeppers {

  private static final Logger LOG = Logger.getLogger(KnownPeppers.class);

  private static final String IN_USE = "SELECT DISTINCT p.pepper_id FROM pepper_in_use p";
  private static final String RECORDED =
      "SELECT c.pepper_id AS id, encode(c.check_value, 'hex') AS check_value FROM pepper_check c";
  private static final String RECORD =
      """
      INSERT INTO pepper_check (pepper_id, check_value) VALUES (:id, decode(:check_value, 'hex'))
      ON CONFLICT (pepper_id) DO NOTHING
      """;

  private final Path file;
  private final Mint mint;
  private final Transactions transactions;

  KnownPeppers(TokenServiceSettings settings, Mint mint, Transactions transactions) {
    this.file = settings.pepperFile();
    this.mint = mint;
    this.transactions = transactions;
  }

  /** Can be repeated. A file that is refused leaves nothing in the database. */
  Uni<Void> require() {
    return Panache.withSession(() -> NativeQuery.of(IN_USE).list(String.class))
        .invoke(this::requireAll)
        .chain(() -> Panache.withSession(this::unrecorded))
        .chain(unknown -> unknown.isEmpty() ? Uni.createFrom().voidItem() : record(unknown));
  }

  private void requireAll(Collection<String> inUse) {
    Set<String> missing = mint.missingPeppers(inUse);
    if (!missing.isEmpty()) {
      throw new StartRefused(
          "The pepper file "
              + file
              + " lacks "
              + String.join(", ", missing)
              + ", which live secrets need. Add the missing lines.");
    }
  }

  /**
   * Compares again before the commit: another replica may have recorded its peppers since. An
   * insertion waits for that replica's commit, so one of two different files is refused.
   */
  private Uni<Void> record(List<Pepper> unknown) {
    return transactions
        .run(() -> insert(unknown).chain(this::unrecorded))
        .invoke(() -> LOG.infof("peppers recorded: %s", ids(unknown)))
        .replaceWithVoid();
  }

  /** In the order of the ids, so that replicas do not wait for each other in a circle. */
  private static Uni<Void> insert(List<Pepper> unknown) {
    Uni<Void> inserted = Uni.createFrom().voidItem();
    for (Pepper pepper : unknown) {
      inserted = inserted.chain(() -> insert(pepper));
    }
    return inserted;
  }

  private static Uni<Void> insert(Pepper pepper) {
    return NativeQuery.of(RECORD)
        .with("id", pepper.id())
        .with("check_value", pepper.checkValue())
        .execute()
        .replaceWithVoid();
  }

  private Uni<List<Pepper>> unrecorded() {
    return NativeQuery.of(RECORDED)
        .list(row -> Map.entry(row.text("id"), row.text("check_value")))
        .map(
            rows -> rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
        .map(mint::unrecordedPeppers);
  }

  private static String ids(List<Pepper> peppers) {
    return peppers.stream().map(Pepper::id).collect(Collectors.joining(", "));
  }
}
