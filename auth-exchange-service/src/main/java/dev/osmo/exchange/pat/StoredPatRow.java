package dev.osmo.exchange.pat;

import dev.osmo.pat.PatId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a statement that finds a stored token. */
record StoredPatRow(Row row) {

  StoredPat with(StoredCredential credential) {
    return new StoredPat(
        new PatId(row.getString("pat_id")),
        row.getString("name"),
        time("created_at"),
        time("expires_at"),
        timeOrNull("suspended_at"),
        credential,
        new StoredPat.Owner(
            row.getString("user_id"), timeOrNull("disabled_at"), timeOrNull("sign_in_due_at")),
        List.of(row.getArrayOfStrings("roles")),
        time("read_at"));
  }

  private Instant time(String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  @Nullable Instant timeOrNull(String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
