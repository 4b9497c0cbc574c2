package dev.osmo.local.workflow;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One accepted workflow.
 *
 * @param id what clients call its name: the workflow's own name and a running number, {@code
 *     hello-1}
 */
record Submission(
    String id,
    String uuid,
    String user,
    String pool,
    String priority,
    Instant submittedAt,
    String file) {

  /** One line of the log. */
  JsonObject toLine() {
    return new JsonObject()
        .put("id", id)
        .put("uuid", uuid)
        .put("user", user)
        .put("pool", pool)
        .put("priority", priority)
        .put("submitted_at", submittedAt.toString())
        .put("file", file);
  }

  static Submission fromLine(JsonObject line) {
    return new Submission(
        line.getString("id"),
        line.getString("uuid"),
        line.getString("user"),
        line.getString("pool"),
        line.getString("priority"),
        Instant.parse(line.getString("submitted_at")),
        line.getString("file"));
  }

  /**
   * An entry of {@code GET /api/workflow}, with every field existing clients know. Nothing here
   * ever runs it.
   */
  JsonObject toEntry(String publicUrl) {
    return new JsonObject()
        .put("user", user)
        .put("name", id)
        .put("workflow_uuid", uuid)
        .put("submit_time", submittedAt.toString())
        .putNull("start_time")
        .putNull("end_time")
        .put("queued_time", 0)
        .putNull("duration")
        .put("status", "PENDING")
        .put("overview", overview(publicUrl))
        .put("logs", logs(publicUrl))
        .putNull("error_logs")
        .putNull("grafana_url")
        .putNull("dashboard_url")
        .put("pool", pool)
        .putNull("app_owner")
        .putNull("app_name")
        .putNull("app_version")
        .put("priority", priority)
        .put("labels", new JsonObject());
  }

  String overview(String publicUrl) {
    return publicUrl + "/workflows/" + id;
  }

  String logs(String publicUrl) {
    return publicUrl + "/api/workflow/" + id + "/logs";
  }
}
