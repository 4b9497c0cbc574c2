package dev.osmo.token.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.database.NativeQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;

/** Appends to the audit trail, in the transaction that is open. */
@ApplicationScoped
public class AuditLog {

  private static final String APPEND =
      """
      INSERT INTO audit_event (actor, via_pat_id, via_session_id, jti, action, user_id, pat_id, request_id, details)
      VALUES (:actor, CAST(:via_pat AS text), CAST(CAST(:via_session AS text) AS uuid), CAST(:jti AS text), :action,
              CAST(:user AS text), CAST(:pat AS text), CAST(:request AS text), CAST(CAST(:details AS text) AS jsonb))
      """;

  private static final String APPEND_FOR_USERS =
      """
      INSERT INTO audit_event (actor, via_pat_id, via_session_id, jti, action, user_id, request_id, details)
      SELECT :actor, CAST(:via_pat AS text), CAST(CAST(:via_session AS text) AS uuid), CAST(:jti AS text), :action,
             concerned.user_id, CAST(:request AS text), CAST(CAST(:details AS text) AS jsonb)
        FROM unnest(string_to_array(CAST(:users AS text), ',')) AS concerned (user_id)
      """;

  private final ObjectMapper json;

  AuditLog(ObjectMapper json) {
    this.json = json;
  }

  public Uni<Void> append(Actor actor, AuditEntry entry) {
    return query(APPEND, actor, entry)
        .with("user", entry.userId())
        .with("pat", entry.patId())
        .execute()
        .replaceWithVoid();
  }

  /** The same entry for each of these users, whose ids contain no comma. */
  public Uni<Void> appendForEach(Collection<String> userIds, Actor actor, AuditEntry entry) {
    return query(APPEND_FOR_USERS, actor, entry)
        .with("users", String.join(",", userIds))
        .execute()
        .replaceWithVoid();
  }

  private NativeQuery query(String sql, Actor actor, AuditEntry entry) {
    return NativeQuery.of(sql)
        .with("actor", actor.userId())
        .with("via_pat", actor.viaPatId())
        .with("via_session", actor.viaSessionId() == null ? null : actor.via())
        .with("jti", actor.jti())
        .with("action", entry.action().storedName())
        .with("request", actor.requestId())
        .with("details", write(entry.details()));
  }

  private String write(Map<String, Object> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details cannot be written as JSON", e);
    }
  }
}
