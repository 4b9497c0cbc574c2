package dev.osmo.token.audit.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Use case: an administrator searches the trail, newest first. */
@ApplicationScoped
class AuditSearch {

  static final int KEY_PARTS = 2;

  private static final String MATCHING =
      """
      SELECT e.id AS id, e.occurred_at AS occurred_at, e.actor AS actor, e.via_pat_id AS via_pat_id, e.jti AS jti,
             e.action AS action, e.user_id AS user_id, e.pat_id AS pat_id, e.request_id AS request_id,
             CAST(e.details AS text) AS details
        FROM audit_event e
       WHERE (CAST(:user AS text) IS NULL OR e.user_id = CAST(:user AS text))
         AND (CAST(:actor AS text) IS NULL OR e.actor = CAST(:actor AS text))
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
    AuditKey.requireOurs(filter.page());
    return Panache.getSession()
        .chain(session -> query(session, filter).getResultList())
        .map(rows -> rows.stream().map(this::view).toList())
        .map(rows -> Page.of(rows, filter.page(), AuditSearch::key));
  }

  private static Cursor key(AuditView event) {
    return Cursor.of(event.at().toString(), Long.toString(event.id()));
  }

  private static Mutiny.SelectionQuery<Tuple> query(Mutiny.Session session, AuditFilter filter) {
    return session
        .createNativeQuery(MATCHING, Tuple.class)
        .setParameter("user", filter.userId())
        .setParameter("actor", filter.actor())
        .setParameter("pat", filter.patId())
        .setParameter("jti", filter.jti())
        .setParameter("action", filter.action())
        .setParameter("after", text(filter.after()))
        .setParameter("before", text(filter.before()))
        .setParameter("last_time", filter.page().after(0))
        .setParameter("last_id", filter.page().after(1))
        .setParameter("limit", filter.page().rowsToRead());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private AuditView view(Tuple row) {
    return new AuditView(
        row.get("id", Long.class),
        row.get("occurred_at", OffsetDateTime.class).toInstant(),
        row.get("actor", String.class),
        row.get("via_pat_id", String.class),
        row.get("jti", String.class),
        row.get("action", String.class),
        row.get("user_id", String.class),
        row.get("pat_id", String.class),
        row.get("request_id", String.class),
        read(row.get("details", String.class)));
  }

  private JsonNode read(String details) {
    try {
      return json.readTree(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details are not JSON", e);
    }
  }
}
