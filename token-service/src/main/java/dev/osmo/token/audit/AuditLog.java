package dev.osmo.token.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

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
    return Panache.getSession().chain(session -> insert(session, actor, entry)).replaceWithVoid();
  }

  private Uni<Integer> insert(Mutiny.Session session, Actor actor, AuditEntry entry) {
    return session
        .createNativeQuery(APPEND)
        .setParameter("actor", actor.userId())
        .setParameter("via", actor.viaPatId())
        .setParameter("jti", actor.jti())
        .setParameter("action", entry.action().storedName())
        .setParameter("user", entry.userId())
        .setParameter("pat", entry.patId())
        .setParameter("request", actor.requestId())
        .setParameter("details", write(entry.details()))
        .executeUpdate();
  }

  private String write(Map<String, Object> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details cannot be written as JSON", e);
    }
  }
}
