package dev.osmo.cli.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.run.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --exec} and {@code --signal}: how a program learns that there is a new JWT. */
class HookOptions {
  /** A program and its arguments. */
  record Program(List<String> words) {
    Program {
      words = List.copyOf(words);
    }
  }

  /**
   * A signal for a process.
   *
   * @param process its number, or the file that contains it
   */
  record Notice(Signal signal, String process) {}

  @Option(
      names = "--exec",
      paramLabel = "JSON",
      converter = ProgramOption.class,
      description = {
        "A program to run after each renewal, as a JSON array of its words:",
        "'[\"/usr/bin/reload\",\"--now\"]'. No shell reads it. It gets no JWT and at most 30"
            + " seconds. Can be repeated."
      })
  private List<Program> programs = new ArrayList<>();

  @Option(
      names = "--signal",
      paramLabel = "NAME:PROCESS",
      converter = NoticeOption.class,
      description =
          "A signal to send after each renewal, to a process id or to that in a file:"
              + " HUP:/run/app.pid. Can be repeated.")
  private List<Notice> notices = new ArrayList<>();

  List<Program> programs() {
    return List.copyOf(programs);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }

  /** Reads {@code ["cmd","arg"]}. */
  static class ProgramOption implements ITypeConverter<Program> {
    @Override
    public Program convert(String text) {
      List<String> words = new ArrayList<>();
      Optional<JsonNode> json =
          Json.read(text.getBytes(StandardCharsets.UTF_8)).filter(JsonNode::isArray);
      json.ifPresent(
          array -> array.forEach(word -> words.add(word.isTextual() ? word.textValue() : "\0")));
      if (words.isEmpty()
          || words.getFirst().isEmpty()
          || words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
        throw new TypeConversionException(
            "--exec is not a JSON array of words. Example: '[\"/usr/bin/reload\",\"--now\"]'");
      }
      return new Program(words);
    }
  }

  /** Reads {@code HUP:1234} and {@code HUP:/run/app.pid}. */
  static class NoticeOption implements ITypeConverter<Notice> {
    @Override
    public Notice convert(String text) {
      String[] parts = text.split(":", 2);
      Optional<Signal> signal =
          Stream.of(Signal.values())
              .filter(each -> each.name().equals(parts[0].replaceFirst("^SIG", "")))
              .findFirst();
      if (signal.isEmpty() || parts.length < 2 || !parts[1].matches("[1-9]\\d{0,9}|/.+")) {
        throw new TypeConversionException(
            "--signal "
                + text
                + " is not a signal and a process. Examples: HUP:1234, HUP:/run/app.pid");
      }
      return new Notice(signal.get(), parts[1]);
    }
  }
}
