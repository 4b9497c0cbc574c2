package dev.osmo.sample;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The workflows of the one pool that this API has. */
@Singleton
class Workflows {
  private static final String POOL = "default";

  private final SubmissionLog log;
  private final String url;

  Workflows(SubmissionLog log, SampleApiSettings settings) {
    this.log = log;
    this.url = settings.url();
  }

  WorkflowList list(ListQuery query) {
    List<Submission> page =
        query.select(log.all()).skip(query.offset()).limit(query.limit() + 1L).toList();
    List<WorkflowEntry> entries =
        page.stream()
            .limit(query.limit())
            .map(submission -> WorkflowEntry.of(submission, url))
            .toList();
    return new WorkflowList(entries, page.size() > query.limit());
  }

  /**
   * Renders, checks or stores, as the request asks. Returns when a stored submission is on the
   * disk.
   */
  SubmitResult submit(
      String pool, SubmitRequest request, SubmitParameters parameters, String user) {
    if (!pool.equals(POOL)) {
      throw new ProblemException(ProblemType.NO_SUCH_POOL, "Pool " + pool + " not found.");
    }
    WorkflowSpec spec = WorkflowSpec.read(request.rendered(), parameters.labels());
    if (parameters.dryRun()) {
      return SubmitResult.rendered(spec.name(), spec.file());
    }
    return parameters.validationOnly()
        ? SubmitResult.valid(spec.name())
        : SubmitResult.accepted(store(spec, request, parameters, user), url);
  }

  private Submission store(
      WorkflowSpec spec, SubmitRequest request, SubmitParameters parameters, String user) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String uuid = UUID.randomUUID().toString();
    try {
      return log.add(
          spec.name(),
          id ->
              new Submission(
                  id,
                  uuid,
                  user,
                  POOL,
                  parameters.priority(),
                  now,
                  spec.file(),
                  spec.labels(),
                  parameters.environment(),
                  request.uploadedTemplatedSpec()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
