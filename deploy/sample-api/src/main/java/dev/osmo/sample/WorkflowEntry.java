package dev.osmo.sample;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One workflow of a list, with every member that existing clients read. Workflows never run. */
record WorkflowEntry(
    String user,
    String name,
    String workflowUuid,
    Instant submitTime,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    int queuedTime,
    @Nullable Integer duration,
    String status,
    String overview,
    String logs,
    @Nullable String errorLogs,
    @Nullable String grafanaUrl,
    @Nullable String dashboardUrl,
    String pool,
    @Nullable String appOwner,
    @Nullable String appName,
    @Nullable String appVersion,
    String priority,
    Map<String, String> labels) {

  static WorkflowEntry of(Submission submission, String url) {
    return new WorkflowEntry(
        submission.user(),
        submission.id(),
        submission.uuid(),
        submission.submittedAt(),
        null,
        null,
        0,
        null,
        Submission.STATUS,
        submission.overview(url),
        submission.logs(url),
        null,
        null,
        null,
        submission.pool(),
        null,
        null,
        null,
        submission.priority(),
        Map.of());
  }
}
