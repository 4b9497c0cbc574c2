package dev.osmo.cli.man;

import java.util.List;
import java.util.stream.Collectors;

/** A page of reStructuredText with all commands, in lines of at most 120 characters. */
final class CliReference {
  private static final String HEAD =
      """
      Reference of all commands
      =========================

      .. Generated from the commands by CliReferenceTest, which explains how to regenerate it. Do not edit.

      """;

  private static final int LONGEST_LINE = 120;

  private CliReference() {}

  static String of(DescribedCommand osmo) {
    return HEAD + osmo.andBelow().map(CliReference::section).collect(Collectors.joining("\n"));
  }

  private static String section(DescribedCommand command) {
    StringBuilder section = new StringBuilder();
    String heading = "``" + command.name() + "``";
    section.append(".. _").append(label(command)).append(":\n\n");
    section.append(heading).append('\n').append("-".repeat(heading.length())).append("\n\n");
    command
        .description()
        .forEach(line -> section.append(wrapped(escaped(line), leading(line))).append("\n\n"));
    section.append(".. code-block:: none\n\n   ").append(command.synopsis()).append("\n");
    entries(section, command.parameters());
    entries(section, command.options().toList());
    if (!command.examples().isEmpty()) {
      section.append("\nExamples::\n\n");
      command.examples().forEach(line -> section.append("   ").append(line).append('\n'));
    }
    if (!command.exitCodes().isEmpty()) {
      section.append("\nExit codes:\n");
      entries(section, command.exitCodes());
    }
    return section.toString();
  }

  /** {@code cli_reference_token_set} for {@code osmo token set}. */
  private static String label(DescribedCommand command) {
    return command.name().replaceFirst("^osmo", "cli_reference").replace(' ', '_');
  }

  private static void entries(StringBuilder section, List<DescribedCommand.Entry> entries) {
    if (!entries.isEmpty()) {
      section.append('\n');
      entries.forEach(
          entry ->
              section
                  .append("``" + entry.term() + "``\n")
                  .append(wrapped(escaped(entry.text()), "   "))
                  .append('\n'));
    }
  }

  /** The spaces before the first word, which make an indented block. */
  private static String leading(String line) {
    return " ".repeat(line.length() - line.stripLeading().length());
  }

  private static String wrapped(String text, String indent) {
    StringBuilder lines = new StringBuilder();
    String line = "";
    for (String word : text.strip().split(" ", -1)) {
      if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > LONGEST_LINE) {
        lines.append(indent).append(line).append('\n');
        line = "";
      }
      line = line.isEmpty() ? word : line + " " + word;
    }
    return lines.append(indent).append(line).toString();
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\*`|_])", "\\\\$1");
  }
}
