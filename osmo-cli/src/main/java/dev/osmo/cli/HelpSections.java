package dev.osmo.cli;

import dev.osmo.cli.environment.Surroundings;
import dev.osmo.cli.man.Examples;
import dev.osmo.cli.tty.StandardStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Adds examples to the help of each command, and the environment and the files to that of osmo.
 * Help is as wide as the terminal, up to a width that is still easy to read.
 */
final class HelpSections {
  private static final int NARROWEST = 60;
  private static final int USUAL = 80;
  private static final int WIDEST = 120;

  private HelpSections() {}

  static CommandLine addedTo(CommandLine osmo) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(osmo.getHelpSectionMap());
    sections.computeIfPresent(
        UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
        (first, renderer) -> help -> renderer.render(asWideAsTheTerminal(help)));
    sections.put("examples", HelpSections::examples);
    sections.put("environment", help -> ofOsmo(help, "Environment", Surroundings.VARIABLES));
    sections.put("files", help -> ofOsmo(help, "Files", Surroundings.FILES));
    List<String> keys = new ArrayList<>(osmo.getHelpSectionKeys());
    keys.addAll(
        keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING),
        List.of("environment", "files", "examples"));
    return osmo.setHelpSectionMap(sections).setHelpSectionKeys(keys);
  }

  /** Only when help is printed, because it starts a program. */
  private static Help asWideAsTheTerminal(Help help) {
    help.commandSpec().usageMessage().width(width(StandardStream.columns(1).orElse(USUAL)));
    return help;
  }

  static int width(int columns) {
    return Math.clamp(columns, NARROWEST, WIDEST);
  }

  private static String examples(Help help) {
    return section("Examples", Examples.of(help.commandSpec().qualifiedName()).stream());
  }

  private static String ofOsmo(Help help, String heading, List<Surroundings.Entry> entries) {
    return help.commandSpec().parent() == null
        ? section(
            heading,
            entries.stream().flatMap(entry -> Stream.of(entry.name(), "    " + entry.purpose())))
        : "";
  }

  private static String section(String heading, Stream<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.isEmpty() ? "" : "\n" + heading + ":\n" + text;
  }
}
