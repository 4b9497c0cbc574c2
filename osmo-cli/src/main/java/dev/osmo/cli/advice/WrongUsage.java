package dev.osmo.cli.advice;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be understood, in our words and not in the parser's. */
public final class WrongUsage {
  private WrongUsage() {}

  public static Failure of(ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String help = "See: " + command.qualifiedName() + " --help";
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().getFirst(), command, help);
    }
    return failure(words(wrong), help);
  }

  private static Failure unknown(String word, CommandSpec command, String help) {
    if (word.startsWith("-")) {
      String name = word.split("=", 2)[0];
      String next = command.name().equals("run") ? "What belongs to it stands after --. " : "";
      return failure("Unknown option: " + name, guess(name, options(command)) + next + help);
    }
    return command.subcommands().isEmpty()
        ? failure("Unexpected argument: " + word, help)
        : failure("There is no command " + word, guess(word, visible(command)) + help);
  }

  private static String guess(String typed, Collection<String> known) {
    return SimilarWord.to(typed, known).map(word -> "Did you mean " + word + "? ").orElse("");
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  private static List<String> visible(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .map(CommandSpec::name)
        .toList();
  }

  /** The parser names the constants of an enum; people type what the help text names. */
  private static String words(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    ArgSpec argument = wrong.getArgSpec();
    if (argument == null || argument.completionCandidates() == null || !message.contains("[")) {
      return message;
    }
    String known =
        StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .collect(Collectors.joining(", "));
    String name =
        argument.isOption() ? "option '" + longest(argument) + "'" : argument.paramLabel();
    return "Invalid value for " + name + ": " + wrong.getValue() + " is none of " + known;
  }

  private static String longest(ArgSpec option) {
    return ((CommandLine.Model.OptionSpec) option).longestName();
  }

  private static Failure failure(String what, String next) {
    return Failure.of(ExitCode.USER_ERROR, what, next);
  }
}
