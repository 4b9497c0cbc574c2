package dev.osmo.token.audit.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Use case: an administrator searches the trail, newest first. */
@ApplicationScoped
class AuditSearch {

  static final int KEY_PARTS = 2;

  private static final String MATCHING =
      """
      SELECT e.id AS id, e.occurred_at AS occurred_at, e.actor AS actor, e.via_pat_id AS via_pat_id,
             e.via_session_id AS via_session_id, e.jti AS jti, e.action AS action, e.user_id AS user_id, e.pat_id AS pat_id, e.request_id AS request_id,
             CAST(e.details AS text) AS details
        FROM audit_event e
       WHERE (CAST(:user AS text) IS NULL OR e.user_id = coalesce((SELECT u.id FROM users u WHERE lower(u.id COLLATE "C") = lower(CAST(:user AS text) COLLATE "C")),
                                                                    CAST(:user AS text)))
         AND (CAST(:actor AS text) IS NULL OR e.actor = coalesce((SELECT u.id FROM users u WHERE lower(u.id COLLATE "C") = lower(CAST(:actor AS text) COLLATE "C")),
                                                                    CAST(:actor AS text)))
         AND (CAST(:pat AS text) IS NULL OR e.pat_id = CAST(:pat AS text))
         AND (CAST(:jti AS text) IS NULL OR e.jti = CAST(:jti AS text))
         AND (CAST(:action AS text) IS NULL OR e.action = CAST(:action AS text))
         AND e.occurred_at >= coalesce(CAST(CAST(:after AS text) AS timestamptz), '-infinity')
         AND e.occurred_at < coalesce(CAST(CAST(:before AS text) AS timestamptz), 'infinity')
         AND (CAST(:last_time AS text) IS NULL
              OR (e.occurred_at, e.id) < (CAST(CAST(:last_time AS text) AS timestamptz), CAST(CAST(:last_id AS text) AS bigint)))
       ORDER BY e.occurred_at DESC, e.id DESC
       LIMIT CAST(:limit AS integer)
      """;

  private final ObjectMapper json;

  AuditSearch(ObjectMapper json) {
    this.json = json;
  }

  @WithSession
  Uni<Page<AuditView>> find(AuditFilter filter) {
    requireOurCursor(filter.page());
    return query(filter)
        .list(this::view)
        .map(rows -> Page.of(rows, filter.page(), AuditSearch::key));
  }

  /** Rejects a forged cursor with a refusal, before the database reads it. */
  private static void requireOurCursor(PageRequest page) {
    page.after().ifPresent(AuditSearch::requireTimeAndId);
  }

  private static void requireTimeAndId(Cursor cursor) {
    cursor.requireInstant(0);
    try {
      Long.parseLong(cursor.key().getLast());
    } catch (NumberFormatException e) {
      throw Cursor.notOurs().toException();
    }
  }

  private static Cursor key(AuditView event) {
    return Cursor.of(event.at().toString(), Long.toString(event.id()));
  }

  private static NativeQuery query(AuditFilter filter) {
    return NativeQuery.of(MATCHING)
        .with("user", filter.userId())
        .with("actor", filter.actor())
        .with("pat", filter.patId())
        .with("jti", filter.jti())
        .with("action", filter.action())
        .with("after", text(filter.after()))
        .with("before", text(filter.before()))
        .with("last_time", filter.page().after(0))
        .with("last_id", filter.page().after(1))
        .with("limit", filter.page().rowsToRead());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private AuditView view(Row row) {
    return new AuditView(
        row.number("id"),
        row.instant("occurred_at"),
        row.text("actor"),
        row.textOrNull("via_pat_id"),
        row.uuidOrNull("via_session_id"),
        row.textOrNull("jti"),
        row.text("action"),
        row.textOrNull("user_id"),
        row.textOrNull("pat_id"),
        row.textOrNull("request_id"),
        read(row.text("details")));
  }

  private JsonNode read(String details) {
    try {
      return json.readTree(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details are not JSON", e);
    }
  }
}
