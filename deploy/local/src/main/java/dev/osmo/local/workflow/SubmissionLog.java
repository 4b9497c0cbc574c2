package dev.osmo.local.workflow;

import dev.osmo.local.problem.CannotStart;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Submissions in the order they came, one JSON line each. A submission is on the disk before it is
 * acknowledged; a last line that a crash cut short was never acknowledged and is dropped.
 */
final class SubmissionLog {
  private final FileChannel file;
  private final List<Submission> submissions = new ArrayList<>();
  private final Map<String, Integer> lastNumber = new HashMap<>();

  SubmissionLog(Path folder) {
    try {
      Files.createDirectories(folder);
      file =
          FileChannel.open(
              folder.resolve("submissions.jsonl"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      load();
    } catch (IOException e) {
      throw new CannotStart("The submitted workflows in " + folder + " cannot be read.", e);
    }
  }

  /** Adds what {@code submission} makes of the next free id of this name. */
  synchronized Submission add(String name, Function<String, Submission> submission)
      throws IOException {
    Submission added = submission.apply(name + "-" + (lastNumber.getOrDefault(name, 0) + 1));
    ByteBuffer line =
        ByteBuffer.wrap((added.toLine().encode() + "\n").getBytes(StandardCharsets.UTF_8));
    long end = file.size();
    try {
      while (line.hasRemaining()) {
        file.write(line, end + line.position());
      }
      file.force(false);
    } catch (IOException e) {
      file.truncate(end);
      throw e;
    }
    remember(added);
    return added;
  }

  synchronized List<Submission> all() {
    return List.copyOf(submissions);
  }

  private void load() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (content.hasRemaining() && file.read(content, content.position()) >= 0) {}
    String text = StandardCharsets.UTF_8.decode(content.flip()).toString();
    int whole = text.lastIndexOf('\n') + 1;
    file.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
    try {
      text.substring(0, whole)
          .lines()
          .map(JsonObject::new)
          .map(Submission::fromLine)
          .forEach(this::remember);
    } catch (DecodeException e) {
      throw new IOException("a line is not JSON", e);
    }
  }

  private void remember(Submission submission) {
    submissions.add(submission);
    int dash = submission.id().lastIndexOf('-');
    lastNumber.merge(
        submission.id().substring(0, dash),
        Integer.parseInt(submission.id().substring(dash + 1)),
        Math::max);
  }
}
