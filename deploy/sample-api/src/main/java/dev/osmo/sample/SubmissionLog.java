package dev.osmo.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * Submissions in the order of their arrival, one JSON line each. A submission is on the disk before
 * it is acknowledged. A crash can leave an incomplete last line; it was never acknowledged, and the
 * next start removes it.
 */
@Startup
@Singleton
class SubmissionLog {
  private final ObjectMapper json;
  private final FileChannel file;
  private final List<Submission> submissions = new ArrayList<>();
  private final Map<String, Integer> lastNumber = new HashMap<>();

  SubmissionLog(SampleApiSettings settings, ObjectMapper json) {
    this.json = json;
    Path folder = settings.folder();
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
      throw new UncheckedIOException("Cannot read the submitted workflows in " + folder, e);
    }
  }

  /** Adds the submission that {@code submission} creates for the next free id of this name. */
  synchronized Submission add(String name, Function<String, Submission> submission)
      throws IOException {
    Submission added = submission.apply(name + "-" + (lastNumber.getOrDefault(name, 0) + 1));
    byte[] text = (json.writeValueAsString(added) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer line = ByteBuffer.wrap(text);
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
    String complete = text.substring(0, text.lastIndexOf('\n') + 1);
    file.truncate(complete.getBytes(StandardCharsets.UTF_8).length);
    for (String line : complete.lines().toList()) {
      remember(parse(line));
    }
  }

  private Submission parse(String line) throws JsonProcessingException {
    return json.readValue(line, Submission.class);
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
