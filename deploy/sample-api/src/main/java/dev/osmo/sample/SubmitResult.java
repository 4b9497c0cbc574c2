package dev.osmo.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a submission. Clients expect exactly one of {@code logs} and {@code spec}. */
record SubmitResult(
    String name,
    @Nullable String overview,
    @Nullable String logs,
    @Nullable String spec,
    @Nullable String dashboardUrl,
    List<String> warnings) {

  static SubmitResult accepted(Submission submission, String url) {
    return new SubmitResult(
        submission.id(), submission.overview(url), submission.logs(url), null, null, List.of());
  }

  static SubmitResult rendered(String name, String file) {
    return new SubmitResult(name, null, null, file, null, List.of());
  }

  static SubmitResult valid(String name) {
    return new SubmitResult(name, null, "Workflow validation succeeded.", null, null, List.of());
  }
}
