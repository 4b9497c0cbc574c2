package dev.osmo.token.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads the events of one access token, in the caller's session. */
@ApplicationScoped
public class AuditTrail {

  private static final String OF_TOKEN =
      """
      SELECT e.occurred_at AS occurred_at, e.action AS action, e.actor AS actor, e.via_pat_id AS via_pat_id,
             CAST(e.details AS text) AS details
        FROM audit_event e
       WHERE e.pat_id = :token
       ORDER BY e.occurred_at DESC, e.id DESC
       LIMIT CAST(:most AS integer)
      """;

  private final ObjectMapper json;

  AuditTrail(ObjectMapper json) {
    this.json = json;
  }

  /** The newest first. */
  public Uni<List<TrailEvent>> ofToken(String token, int most) {
    return NativeQuery.of(OF_TOKEN).with("token", token).with("most", most).list(this::event);
  }

  private TrailEvent event(Row row) {
    return new TrailEvent(
        row.instant("occurred_at"),
        row.text("action"),
        row.text("actor"),
        row.textOrNull("via_pat_id"),
        details(row.text("details")));
  }

  private JsonNode details(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("audit details are not JSON", e);
    }
  }
}
