package dev.osmo.cli.man;

import java.util.List;
import java.util.stream.Collectors;

/** All commands on one page of reStructuredText. */
final class CliReference {
  private static final String HEAD =
      """
      Reference of all commands
      =========================

      .. Made from the commands by CliReferenceTest, which also says how to refresh it. Do not edit.

      """;

  private CliReference() {}

  static String of(DescribedCommand osmo) {
    return HEAD + osmo.andBelow().map(CliReference::section).collect(Collectors.joining("\n"));
  }

  private static String section(DescribedCommand command) {
    StringBuilder section = new StringBuilder();
    String heading = "``" + command.name() + "``";
    section.append(heading).append('\n').append("-".repeat(heading.length())).append("\n\n");
    command.description().forEach(line -> section.append(escaped(line)).append("\n\n"));
    section.append(".. code-block:: none\n\n   ").append(command.synopsis()).append("\n");
    entries(section, command.parameters());
    entries(section, command.options().toList());
    if (!command.exitCodes().isEmpty()) {
      section.append("\nExit codes:\n");
      entries(section, command.exitCodes());
    }
    return section.toString();
  }

  private static void entries(StringBuilder section, List<DescribedCommand.Entry> entries) {
    if (!entries.isEmpty()) {
      section.append('\n');
      entries.forEach(
          entry ->
              section
                  .append("``" + entry.term() + "``\n   ")
                  .append(escaped(entry.text()))
                  .append('\n'));
    }
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\*`|_])", "\\\\$1");
  }
}
