package dev.osmo.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionLogTest {
  @TempDir Path temp;

  private Submission add(SubmissionLog log, String name) throws IOException {
    Instant at = Instant.parse("2026-11-23T10:00:00Z");
    return log.add(
        name,
        id ->
            new Submission(
                id, "u", "ü@example.com", "default", "NORMAL", at, "workflow:\n  name: x"));
  }

  @Test
  @Tag("I12")
  void submissions_survive_a_restart() throws IOException {
    SubmissionLog log = new SubmissionLog(temp);
    Submission first = add(log, "hello");
    Submission second = add(log, "other-1");

    assertThat(new SubmissionLog(temp).all()).containsExactly(first, second);
  }

  @Test
  void each_name_counts_for_itself_also_after_a_restart() throws IOException {
    SubmissionLog log = new SubmissionLog(temp);
    add(log, "hello");
    add(log, "other-1");

    assertThat(add(new SubmissionLog(temp), "hello").id()).isEqualTo("hello-2");
    assertThat(add(new SubmissionLog(temp), "other-1").id()).isEqualTo("other-1-2");
  }

  @Test
  @Tag("I12")
  void a_line_that_a_crash_cut_short_is_dropped_and_the_next_one_is_whole() throws IOException {
    add(new SubmissionLog(temp), "hello");
    Files.writeString(temp.resolve("submissions.jsonl"), "{\"id\":\"ü", StandardOpenOption.APPEND);

    SubmissionLog reopened = new SubmissionLog(temp);
    add(reopened, "hello");

    assertThat(new SubmissionLog(temp).all())
        .extracting(Submission::id)
        .containsExactly("hello-1", "hello-2");
  }

  @Test
  void a_broken_line_in_the_middle_is_told_and_not_skipped() throws IOException {
    Files.writeString(temp.resolve("submissions.jsonl"), "nonsense\n");

    assertThatThrownBy(() -> new SubmissionLog(temp)).isInstanceOf(CannotStart.class);
  }
}
