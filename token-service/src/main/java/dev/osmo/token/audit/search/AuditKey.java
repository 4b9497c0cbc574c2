package dev.osmo.token.audit.search;

import dev.osmo.token.input.TimeInput;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** The sort key of an audit event in a cursor: its time and its id. */
final class AuditKey {

  private AuditKey() {}

  /** Rejects a forged cursor with a refusal, before the database reads it. */
  static void requireOurs(PageRequest page) {
    page.after().map(Cursor::key).ifPresent(AuditKey::requireOurs);
  }

  private static void requireOurs(List<String> key) {
    try {
      TimeInput.requireInRange(Instant.parse(key.getFirst()));
      Long.parseLong(key.getLast());
    } catch (DateTimeException | NumberFormatException e) {
      throw Cursor.notOurs().toException();
    }
  }
}
