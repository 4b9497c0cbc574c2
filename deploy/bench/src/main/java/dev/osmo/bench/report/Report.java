package dev.osmo.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The medians as tables, and everything that was measured as JSON. */
public final class Report {

  private final List<Section> sections;
  private final Map<String, String> machine;

  /**
   * @param machine what a reader needs to know of it
   */
  public Report(List<Section> sections, Map<String, String> machine) {
    this.sections = sections.stream().filter(section -> !section.results().isEmpty()).toList();
    this.machine = new LinkedHashMap<>(machine);
  }

  public void print(PrintStream out) {
    String separator = "";
    for (Section section : sections) {
      out.print(separator);
      section.print(out);
      separator = System.lineSeparator();
    }
  }

  public void write(Path file) {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("machine", machine);
    sections.forEach(section -> results.put(section.name(), section.results()));
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(file.toFile(), results);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
