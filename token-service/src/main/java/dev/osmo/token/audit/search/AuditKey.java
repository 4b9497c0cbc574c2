package dev.osmo.token.audit.search;

import dev.osmo.token.input.WrittenTime;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** The sort key of an event in a cursor: when, and which of that moment. */
final class AuditKey {

  private AuditKey() {}

  /** Fails with a refusal, rather than in the database, when a cursor was made up. */
  static void requireOurs(PageRequest page) {
    page.after().map(Cursor::key).ifPresent(AuditKey::requireOurs);
  }

  private static void requireOurs(List<String> key) {
    try {
      WrittenTime.sane(Instant.parse(key.getFirst()));
      Long.parseLong(key.getLast());
    } catch (DateTimeException | NumberFormatException e) {
      throw Cursor.foreign().toException();
    }
  }
}
