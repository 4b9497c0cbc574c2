package dev.osmo.token.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.database.NativeQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Appends to the audit trail, in the transaction that is open. */
@ApplicationScoped
public class AuditLog {

  private static final String APPEND =
      """
      INSERT INTO audit_event (actor, via_pat_id, jti, action, user_id, pat_id, request_id, details)
      VALUES (:actor, CAST(:via AS text), CAST(:jti AS text), :action, CAST(:user AS text), CAST(:pat AS text),
              CAST(:request AS text), CAST(CAST(:details AS text) AS jsonb))
      """;

  private final ObjectMapper json;

  AuditLog(ObjectMapper json) {
    this.json = json;
  }

  public Uni<Void> append(Actor actor, AuditEntry entry) {
    return NativeQuery.of(APPEND)
        .with("actor", actor.userId())
        .with("via", actor.viaPatId())
        .with("jti", actor.jti())
        .with("action", entry.action().storedName())
        .with("user", entry.userId())
        .with("pat", entry.patId())
        .with("request", actor.requestId())
        .with("details", write(entry.details()))
        .execute()
        .replaceWithVoid();
  }

  private String write(Map<String, Object> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details cannot be written as JSON", e);
    }
  }
}
