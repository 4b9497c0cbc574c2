package dev.osmo.token.notice;

import dev.osmo.token.database.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the database says about a notice that this replica has claimed. */
sealed interface ClaimedNotice {

  /**
   * To be sent within the lease.
   *
   * @param attempt 1 for the first one
   */
  record ToSend(String id, int attempt, Notice.Token token, Instant expiresAt, Instant asOf)
      implements ClaimedNotice {}

  /** Not sent any more. The outcome is {@code obsolete} or {@code abandoned}. */
  record Closed(String outcome) implements ClaimedNotice {}

  static ClaimedNotice of(Row row) {
    @Nullable String outcome = row.textOrNull("outcome");
    return outcome != null
        ? new Closed(outcome)
        : new ToSend(
            row.text("id"),
            (int) row.number("attempt"),
            new Notice.Token(row.text("token_id"), row.text("token_name"), row.text("owner")),
            row.instant("expires_at"),
            row.instant("as_of"));
  }
}
