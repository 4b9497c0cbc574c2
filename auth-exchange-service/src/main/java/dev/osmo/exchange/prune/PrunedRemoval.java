package dev.osmo.exchange.prune;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A role removal of which a batch was just pruned.
 *
 * @param prunedTokens the tokens that lost the role in this batch
 * @param finished whether no token is left
 */
record PrunedRemoval(
    long removalId,
    String userId,
    String roleName,
    Instant removedAt,
    int prunedTokens,
    boolean finished) {

  static PrunedRemoval of(Row row) {
    return new PrunedRemoval(
        row.getLong("removal_id"),
        row.getString("user_id"),
        row.getString("role_name"),
        row.getOffsetDateTime("removed_at").toInstant(),
        row.getInteger("pruned_tokens"),
        row.getBoolean("finished"));
  }
}
