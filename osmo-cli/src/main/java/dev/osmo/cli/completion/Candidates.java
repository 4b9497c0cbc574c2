package dev.osmo.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion candidates for a command line, from the command tree. */
final class Candidates {
  private final CommandSpec root;
  private final LiveNames names;

  Candidates(CommandSpec root, LiveNames names) {
    this.root = root;
    this.names = names;
  }

  /**
   * Candidates for the unfinished word.
   *
   * @param words the words before it
   */
  List<String> after(List<String> words, String unfinished) {
    CommandSpec command = root;
    Optional<OptionSpec> waiting = Optional.empty();
    for (String word : words) {
      if (waiting.isPresent()) {
        waiting = Optional.empty();
      } else if (word.startsWith("-")) {
        waiting = Optional.ofNullable(command.findOption(word)).filter(Candidates::takesValue);
      } else {
        CommandLine child = command.subcommands().get(word);
        command = child == null ? command : child.getCommandSpec();
      }
    }
    if (waiting.isPresent()) {
      return values(waiting.get());
    }
    if (unfinished.matches("--[a-z-]+=.*")) {
      return valuesBehind(command, unfinished.split("=", 2)[0]);
    }
    return unfinished.startsWith("-") ? options(command) : words(command);
  }

  /** Shells other than bash pass an option and its value as one word. */
  private List<String> valuesBehind(CommandSpec command, String option) {
    return Optional.ofNullable(command.findOption(option)).map(this::values).stream()
        .flatMap(List::stream)
        .map(value -> option + "=" + value)
        .toList();
  }

  private List<String> values(OptionSpec option) {
    return switch (option.longestName()) {
      case "--context" -> names.contexts();
      case "--roles", "--add-roles", "--remove-roles" -> names.roles();
      case "--user", "--owner", "--actor" -> names.users();
      case "--pool" -> names.pools();
      default -> candidates(option);
    };
  }

  private List<String> words(CommandSpec command) {
    List<String> words = new ArrayList<>();
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .forEach(child -> words.add(child.name()));
    command.positionalParameters().forEach(positional -> words.addAll(candidates(positional)));
    words.addAll(dynamic(command));
    return words;
  }

  private List<String> dynamic(CommandSpec command) {
    return switch (command.qualifiedName()) {
      case "osmo token delete",
          "osmo token roles",
          "osmo token show",
          "osmo token explain",
          "osmo token rotate",
          "osmo token suspend",
          "osmo token resume",
          "osmo token revoke" ->
          names.tokens();
      case "osmo user get", "osmo user update", "osmo user delete" -> names.users();
      case "osmo admin role get", "osmo admin role set", "osmo admin role delete" -> names.roles();
      case "osmo context use", "osmo context show", "osmo context delete" -> names.contexts();
      default -> List.of();
    };
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static List<String> candidates(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().min() > 0;
  }
}
