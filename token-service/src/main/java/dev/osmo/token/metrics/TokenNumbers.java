package dev.osmo.token.metrics;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Reads;
import dev.osmo.token.database.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens in each state, and the active tokens that expire within some days. The database counts
 * them once for all replicas, in batches.
 */
@ApplicationScoped
class TokenNumbers {

  static final List<String> STATES = List.of("active", "expired", "suspended", "revoked");
  static final List<String> DAYS = List.of("1", "7", "30", "90");

  /** Some ten milliseconds of the database's time, whatever the number of tokens. */
  private static final int BATCH = 5000;

  private static final String COUNT_BATCH =
      "SELECT count_tokens(:batch, CAST(CAST(:pause AS text) AS interval))";

  private static final String COUNTED =
      "SELECT c.name AS name, c.tokens AS tokens FROM token_count c WHERE c.tokens IS NOT NULL";

  private final Transactions transactions;
  private final Reads reads;
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  TokenNumbers(Transactions transactions, Reads reads) {
    this.transactions = transactions;
    this.reads = reads;
  }

  /** Not a number until the first pass over the tokens is complete. */
  double of(String stateOrDays) {
    return known.isEmpty() ? Double.NaN : known.getOrDefault(stateOrDays, 0L);
  }

  /**
   * Counts one batch, unless the last pass was completed within the pause. True if another batch is
   * left.
   */
  Uni<Boolean> countBatch(Duration pause) {
    return transactions.run(
        () ->
            NativeQuery.of(COUNT_BATCH)
                .with("batch", BATCH)
                .with("pause", pause.toString())
                .single(Boolean.class));
  }

  /** Reads what the last complete pass found. */
  Uni<Void> read() {
    return reads
        .list(NativeQuery.of(COUNTED), row -> Map.entry(row.text("name"), row.number("tokens")))
        .invoke(this::store)
        .replaceWithVoid();
  }

  private void store(List<Map.Entry<String, Long>> counts) {
    counts.forEach(count -> known.put(count.getKey(), count.getValue()));
  }
}
