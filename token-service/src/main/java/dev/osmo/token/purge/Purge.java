package dev.osmo.token.purge;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use case: delete one batch of rows that were kept long enough, in its own transaction. */
@ApplicationScoped
class Purge {

  /** Small, so that a batch holds its locks only for a moment. */
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final TokenServiceSettings.Retention retention;

  Purge(Transactions transactions, TokenServiceSettings settings) {
    this.transactions = transactions;
    this.retention = settings.retention();
  }

  /** Returns the number of deleted rows. Zero: none are left that are not locked. */
  Uni<Integer> batch(PurgedRows rows) {
    return transactions.run(() -> query(rows).single(Integer.class));
  }

  private NativeQuery query(PurgedRows rows) {
    NativeQuery query = NativeQuery.of(rows.statement()).with("batch", BATCH);
    return rows.keptFor(retention)
        .map(kept -> query.with("retention", kept.toString()))
        .orElse(query);
  }
}
