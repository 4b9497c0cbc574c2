package dev.osmo.cli.man;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The plain-text description of one command, from the command tree. */
record DescribedCommand(CommandSpec spec) {

  /** A term and its description. */
  record Entry(String term, String text) {}

  /** The command and all visible commands below it, in tree order. */
  Stream<DescribedCommand> andBelow() {
    return Stream.concat(Stream.of(this), children().flatMap(DescribedCommand::andBelow));
  }

  Stream<DescribedCommand> children() {
    return spec.subcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .map(DescribedCommand::new);
  }

  /** The parent commands, from its group to the root. */
  Stream<DescribedCommand> above() {
    return Stream.iterate(spec.commandLine().getParent(), Objects::nonNull, CommandLine::getParent)
        .map(CommandLine::getCommandSpec)
        .map(DescribedCommand::new);
  }

  /** As typed: {@code osmo token set}. */
  String name() {
    return spec.qualifiedName();
  }

  /** As a file name: {@code osmo-token-set}. */
  String pageName() {
    return spec.qualifiedName("-");
  }

  boolean isRoot() {
    return spec.parent() == null;
  }

  List<String> description() {
    return Stream.of(spec.usageMessage().description()).map(DescribedCommand::plain).toList();
  }

  String synopsis() {
    List<String> words = new ArrayList<>(List.of(name()));
    if (options().findAny().isPresent()) {
      words.add("[OPTION]...");
    }
    spec.positionalParameters().forEach(parameter -> words.add(typed(parameter)));
    if (children().findAny().isPresent()) {
      words.add("COMMAND");
    }
    return String.join(" ", words);
  }

  List<Entry> parameters() {
    return spec.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .map(parameter -> new Entry(parameter.paramLabel(), text(parameter)))
        .toList();
  }

  /** Sorted by name. The options of every command are listed for the root only. */
  Stream<Entry> options() {
    return spec.options().stream()
        .filter(Predicate.not(OptionSpec::hidden))
        .filter(option -> isRoot() || !option.inherited())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .map(option -> new Entry(typed(option), text(option)));
  }

  List<String> examples() {
    return Examples.of(name());
  }

  List<Entry> exitCodes() {
    return spec.usageMessage().exitCodeList().entrySet().stream()
        .map(code -> new Entry(code.getKey().strip(), code.getValue()))
        .toList();
  }

  private static String typed(ArgSpec parameter) {
    String many = parameter.arity().max() > 1 ? "..." : "";
    return parameter.required()
        ? parameter.paramLabel() + many
        : "[" + parameter.paramLabel() + many + "]";
  }

  private static String typed(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return Stream.of(option.names()).collect(Collectors.joining(", ")) + value;
  }

  private static String text(ArgSpec argument) {
    return plain(String.join(" ", argument.description()));
  }

  private static String plain(String marked) {
    return Ansi.OFF.string(marked);
  }
}
