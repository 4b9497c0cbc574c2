package dev.osmo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionLogTest {
  /** Configured like the one that Quarkus provides. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private record Settings(String url, Path folder) implements SampleApiSettings {}

  @TempDir Path temp;

  private SubmissionLog open() {
    return new SubmissionLog(new Settings("http://localhost:8080", temp), JSON);
  }

  private Submission add(SubmissionLog log, String name) throws IOException {
    Instant at = Instant.parse("2026-11-23T10:00:00Z");
    return log.add(
        name,
        id ->
            new Submission(
                id,
                "u",
                "ü@example.com",
                "default",
                "NORMAL",
                at,
                "workflow:\n  name: x",
                Map.of("team", "a"),
                List.of("A=b"),
                null));
  }

  @Test
  @Tag("I12")
  void submissions_survive_a_restart() throws IOException {
    SubmissionLog log = open();
    Submission first = add(log, "hello");
    Submission second = add(log, "other-1");

    assertThat(open().all()).containsExactly(first, second);
  }

  @Test
  void a_line_of_an_earlier_release_is_read() throws IOException {
    Files.writeString(
        temp.resolve("submissions.jsonl"),
        """
        {"id":"hello-1","uuid":"u","user":"ann","pool":"default","priority":"NORMAL",\
        "submitted_at":"2026-11-23T10:00:00Z","file":"workflow:"}
        """);

    assertThat(open().all())
        .containsExactly(
            new Submission(
                "hello-1",
                "u",
                "ann",
                "default",
                "NORMAL",
                Instant.parse("2026-11-23T10:00:00Z"),
                "workflow:",
                null,
                null,
                null));
    assertThat(open().all().getFirst().labels()).isEmpty();
  }

  @Test
  void each_name_has_its_own_numbers_also_after_a_restart() throws IOException {
    SubmissionLog log = open();
    add(log, "hello");
    add(log, "other-1");

    assertThat(add(open(), "hello").id()).isEqualTo("hello-2");
    assertThat(add(open(), "other-1").id()).isEqualTo("other-1-2");
  }

  @Test
  @Tag("I12")
  void an_incomplete_last_line_is_removed_and_the_next_line_is_complete() throws IOException {
    add(open(), "hello");
    Files.writeString(temp.resolve("submissions.jsonl"), "{\"id\":\"ü", StandardOpenOption.APPEND);

    SubmissionLog reopened = open();
    add(reopened, "hello");

    assertThat(open().all()).extracting(Submission::id).containsExactly("hello-1", "hello-2");
  }

  @Test
  void a_corrupt_line_in_the_middle_stops_the_start() throws IOException {
    Files.writeString(temp.resolve("submissions.jsonl"), "nonsense\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(temp.toString());
  }
}
