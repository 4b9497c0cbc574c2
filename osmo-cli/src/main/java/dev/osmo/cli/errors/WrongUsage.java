package dev.osmo.cli.errors;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains an invalid command line. */
public final class WrongUsage {
  /** Verbs of other programs, and the verbs of osmo that mean the same. */
  private static final Map<String, List<String>> SAME_VERBS =
      Map.of(
          "get", List.of("show"),
          "show", List.of("get"),
          "create", List.of("set", "create"),
          "new", List.of("set", "create"),
          "add", List.of("set", "create"),
          "make", List.of("set", "create"),
          "ls", List.of("list"),
          "rm", List.of("delete"),
          "remove", List.of("delete"));

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "osmo auth login", "osmo login",
          "osmo auth logout", "osmo logout",
          "osmo whoami", "osmo auth whoami",
          "osmo create", "osmo token set",
          "osmo ls", "osmo token list",
          "osmo rm", "osmo token delete");

  private WrongUsage() {}

  public static Failure of(ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String help = "See: " + command.qualifiedName() + " --help";
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched, command, help);
    }
    return failure(words(wrong), help);
  }

  private static Failure unknown(
      UnmatchedArgumentException unmatched, CommandSpec command, String help) {
    String word = unmatched.getUnmatched().getFirst();
    String next = suggestion(unmatched, command) + help;
    if (word.startsWith("-")) {
      String separator = command.name().equals("run") ? "Write the command after --. " : "";
      return failure("Unknown option: " + word.split("=", 2)[0], separator + next);
    }
    return command.subcommands().isEmpty()
        ? failure("Unexpected argument: " + word, help)
        : failure("There is no command " + word, next);
  }

  private static String suggestion(UnmatchedArgumentException unmatched, CommandSpec command) {
    String word = unmatched.getUnmatched().getFirst();
    return SAME_VERBS.getOrDefault(word, List.of()).stream()
        .filter(command.subcommands()::containsKey)
        .map(verb -> command.qualifiedName() + " " + verb)
        .findFirst()
        .or(() -> Optional.ofNullable(ELSEWHERE.get(command.qualifiedName() + " " + word)))
        .or(() -> unmatched.getSuggestions().stream().findFirst())
        .map(meant -> "Did you mean " + meant + "? ")
        .orElse("");
  }

  /** picocli lists the names of enum constants; users type the values in the help text. */
  private static String words(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "");
    ArgSpec argument = wrong.getArgSpec();
    if (argument == null || argument.completionCandidates() == null || !message.contains("[")) {
      return message;
    }
    String known =
        StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .collect(Collectors.joining(", "));
    String name =
        argument.isOption() ? "option '" + longest(argument) + "'" : argument.paramLabel();
    return "Invalid value for " + name + ": " + wrong.getValue() + " is not one of " + known;
  }

  private static String longest(ArgSpec option) {
    return ((CommandLine.Model.OptionSpec) option).longestName();
  }

  private static Failure failure(String what, String next) {
    return Failure.of(ExitCode.USER_ERROR, what, next);
  }
}
