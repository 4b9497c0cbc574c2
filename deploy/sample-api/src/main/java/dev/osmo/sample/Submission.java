package dev.osmo.sample;

import java.time.Instant;

/**
 * An accepted workflow; also one line of the log.
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
  /** The status of every submission: nothing here ever runs one. */
  static final String STATUS = "PENDING";

  String overview(String url) {
    return url + "/workflows/" + id;
  }

  String logs(String url) {
    return url + "/api/workflow/" + id + "/logs";
  }
}
