package dev.osmo.cli.man;

import dev.osmo.cli.environment.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One page in {@code man(7)} format. All text is escaped, so it cannot start a macro or an escape
 * sequence.
 */
final class ManPage {
  private final DescribedCommand command;
  private final String version;
  private final StringBuilder page = new StringBuilder();

  private ManPage(DescribedCommand command, String version) {
    this.command = command;
    this.version = version;
  }

  static String of(DescribedCommand command, String version) {
    return new ManPage(command, version).text();
  }

  private String text() {
    String title = command.pageName().toUpperCase(Locale.ROOT);
    macro("TH \"" + escaped(title) + "\" 1 \"\" \"osmo " + escaped(version) + "\" \"osmo manual\"");
    macro("SH NAME");
    line(command.pageName() + " - " + command.description().stream().findFirst().orElse(""));
    macro("SH SYNOPSIS");
    line(command.synopsis());
    macro("SH DESCRIPTION");
    command.description().forEach(this::paragraph);
    entries("ARGUMENTS", command.parameters());
    entries("OPTIONS", command.options().toList());
    if (!command.isRoot()) {
      paragraph(
          "See osmo(1) for the options of every command, the environment and the exit status.");
    }
    entries("COMMANDS", command.children().map(ManPage::entry).toList());
    entries("EXIT STATUS", command.exitCodes());
    if (command.isRoot()) {
      entries("ENVIRONMENT", entries(Surroundings.VARIABLES));
      entries("FILES", entries(Surroundings.FILES));
    }
    examples(command.examples());
    seeAlso();
    return page.toString();
  }

  private static DescribedCommand.Entry entry(DescribedCommand child) {
    return new DescribedCommand.Entry(
        child.pageName() + "(1)", child.description().stream().findFirst().orElse(""));
  }

  private static List<DescribedCommand.Entry> entries(List<Surroundings.Entry> described) {
    return described.stream()
        .map(entry -> new DescribedCommand.Entry(entry.name(), entry.purpose()))
        .toList();
  }

  /** One example a line. */
  private void examples(List<String> examples) {
    if (!examples.isEmpty()) {
      macro("SH EXAMPLES");
      macro("nf");
      examples.forEach(this::line);
      macro("fi");
    }
  }

  private void seeAlso() {
    if (!command.isRoot()) {
      macro("SH SEE ALSO");
      line(
          command
              .above()
              .map(parent -> parent.pageName() + "(1)")
              .collect(Collectors.joining(", ")));
    }
  }

  private void entries(String heading, List<DescribedCommand.Entry> entries) {
    if (!entries.isEmpty()) {
      macro("SH " + heading);
      for (DescribedCommand.Entry entry : entries) {
        macro("TP");
        macro("B " + escaped(entry.term()));
        line(entry.text());
      }
    }
  }

  private void paragraph(String text) {
    macro("PP");
    line(text);
  }

  private void macro(String macro) {
    page.append('.').append(macro).append('\n');
  }

  private void line(String text) {
    page.append(escaped(text)).append('\n');
  }

  /** {@code \&} has no width and prevents the line from starting a macro. */
  static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
