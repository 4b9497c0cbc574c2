package dev.osmo.cli.workflow;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The text of a valid workflow file: readable, UTF-8 and one YAML mapping. The YAML of a template
 * is not checked, because the server fills its placeholders first.
 */
record WorkflowFile(String text) {
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final List<String> TEMPLATE_MARKS = List.of("{{", "{%", "{#");

  /**
   * Reads a file.
   *
   * @param file its name, or {@code -} for standard input
   */
  static WorkflowFile read(String file, InputStream standardInput) {
    boolean typed = file.equals("-");
    String name = typed ? "Standard input" : file;
    WorkflowFile workflow = new WorkflowFile(typed ? typed(name, standardInput) : textOf(file));
    if (TEMPLATE_MARKS.stream().noneMatch(workflow.text::contains)) {
      workflow.checkYaml(name);
    }
    return workflow;
  }

  private static String textOf(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return textOf(name, in);
    } catch (NoSuchFileException absent) {
      throw refused("There is no workflow file " + name);
    } catch (IOException | InvalidPathException unreadable) {
      throw refused("Cannot read the workflow file " + name);
    }
  }

  private static String typed(String name, InputStream standardInput) {
    try {
      return textOf(name, standardInput);
    } catch (IOException unreadable) {
      throw refused(name + " cannot be read");
    }
  }

  private static String textOf(String name, InputStream in) throws IOException {
    try {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw refused(name + " is larger than 4 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      throw refused(name + " is not UTF-8 text");
    }
  }

  private void checkYaml(String name) {
    try {
      Parser parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
      parser.getEvent();
      if (!parser.checkEvent(Event.ID.DocumentStart)) {
        throw refused(name + " is empty");
      }
      parser.getEvent();
      if (!parser.checkEvent(Event.ID.MappingStart)) {
        throw refused(name + " is not a YAML mapping");
      }
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        parser.getEvent();
      }
    } catch (MarkedYAMLException malformed) {
      throw refused(name + " is not valid YAML" + place(malformed));
    } catch (YAMLException malformed) {
      throw refused(name + " is not valid YAML");
    }
  }

  private static String place(MarkedYAMLException malformed) {
    return malformed.getProblemMark() == null
        ? ""
        : " (line "
            + (malformed.getProblemMark().getLine() + 1)
            + ": "
            + malformed.getProblem()
            + ")";
  }

  private static Failure refused(String what) {
    return Failure.of(ExitCode.USER_ERROR, what, "Nothing was submitted.");
  }
}
