package dev.osmo.sample;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One workflow of a list, with every member that existing clients read. Workflows never run. */
record WorkflowEntry(
    String user,
    String name,
    String workflowUuid,
    String submitTime,
    @Nullable String startTime,
    @Nullable String endTime,
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

  /** UTC without a zone: existing clients parse no other form. */
  private static final DateTimeFormatter SUBMIT_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  static WorkflowEntry of(Submission submission, String url) {
    return new WorkflowEntry(
        submission.user(),
        submission.id(),
        submission.uuid(),
        SUBMIT_TIME.format(submission.submittedAt()),
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
        submission.labels());
  }
}
