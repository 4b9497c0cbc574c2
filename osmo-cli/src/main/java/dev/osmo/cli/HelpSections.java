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
  private static final String ENVIRONMENT = "environment";
  private static final String FILES = "files";
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
    sections.put(ENVIRONMENT, help -> ofOsmo(help, "Environment", Surroundings.VARIABLES));
    sections.put(FILES, help -> ofOsmo(help, "Files", Surroundings.FILES));
    List<String> keys = new ArrayList<>(osmo.getHelpSectionKeys());
    keys.addAll(
        keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING),
        List.of(ENVIRONMENT, FILES, "examples"));
    return osmo.setHelpSectionMap(sections).setHelpSectionKeys(keys);
  }

  /**
   * Without the exit codes, the environment and the files, so that the commands of osmo fit on a
   * screen.
   */
  static CommandLine brief(CommandLine osmo) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(osmo.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, help -> "");
    sections.put(ENVIRONMENT, help -> "");
    sections.put(FILES, help -> "\nExit codes, environment and files: osmo help, osmo man\n");
    return osmo.setHelpSectionMap(sections);
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
