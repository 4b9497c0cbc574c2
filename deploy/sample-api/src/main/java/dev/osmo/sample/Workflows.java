package dev.osmo.sample;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  SubmitResult validate(String pool, @Nullable String file) {
    WorkflowSpec spec = checked(pool, file);
    return SubmitResult.validated(spec.name(), spec.file());
  }

  /** Returns when the submission is on the disk. */
  SubmitResult submit(String pool, @Nullable String file, String user, String priority) {
    WorkflowSpec spec = checked(pool, file);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String uuid = UUID.randomUUID().toString();
    try {
      Submission added =
          log.add(
              spec.name(), id -> new Submission(id, uuid, user, POOL, priority, now, spec.file()));
      return SubmitResult.accepted(added, url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkflowSpec checked(String pool, @Nullable String file) {
    if (!pool.equals(POOL)) {
      throw new ProblemException(ProblemType.NO_SUCH_POOL, "Pool " + pool + " not found.");
    }
    return WorkflowSpec.read(file);
  }
}
