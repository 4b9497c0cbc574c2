package dev.osmo.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A result for users: lines and tables for standard output, notes for standard error. */
public final class Lines {
  private final List<Consumer<Terminal>> parts = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();

  public static Lines of(String... lines) {
    return of(List.of(lines));
  }

  public static Lines of(Iterable<String> lines) {
    Lines all = new Lines();
    lines.forEach(all::line);
    return all;
  }

  public static Lines of(Table table) {
    return new Lines().table(table);
  }

  public Lines line(String line) {
    parts.add(terminal -> terminal.line(line));
    return this;
  }

  /** Adds each line of the text. */
  public Lines block(String text) {
    parts.add(terminal -> terminal.block(text));
    return this;
  }

  public Lines table(Table table) {
    tables.add(table);
    parts.add(terminal -> terminal.block(table));
    return this;
  }

  public Lines note(String note) {
    parts.add(terminal -> terminal.message(note));
    return this;
  }

  void printTo(Terminal terminal) {
    parts.forEach(part -> part.accept(terminal));
  }

  /** Prints only the rows of the tables. */
  void printRowsTo(Terminal terminal) {
    tables.forEach(table -> table.rows().forEach(terminal::line));
  }
}
