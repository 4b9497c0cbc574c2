package dev.osmo.sample;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An accepted workflow; also one line of the log.
 *
 * @param id what clients call its name: the workflow's own name and a running number, {@code
 *     hello-1}
 * @param environment variables for its tasks, {@code NAME=VALUE}
 * @param template the file from which the client made the workflow, if it did
 */
record Submission(
    String id,
    String uuid,
    String user,
    String pool,
    String priority,
    Instant submittedAt,
    String file,
    @Nullable Map<String, String> labels,
    @Nullable List<String> environment,
    @Nullable String template) {
  /** The status of every submission: nothing here ever runs one. */
  static final String STATUS = "PENDING";

  /** Lines that an earlier version wrote have no labels. */
  @Override
  public Map<String, String> labels() {
    return labels == null ? Map.of() : labels;
  }

  String overview(String url) {
    return url + "/workflows/" + id;
  }

  String logs(String url) {
    return url + "/api/workflow/" + id + "/logs";
  }
}
