package dev.osmo.exchange.prune;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/** A role removal that was just pruned, with the number of tokens that lost the role. */
record PrunedRemoval(
    long removalId, String userId, String roleName, Instant removedAt, int prunedTokens) {

  static PrunedRemoval of(Row row) {
    return new PrunedRemoval(
        row.getLong("removal_id"),
        row.getString("user_id"),
        row.getString("role_name"),
        row.getOffsetDateTime("removed_at").toInstant(),
        row.getInteger("pruned_tokens"));
  }
}
