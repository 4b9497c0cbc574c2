package dev.osmo.cli.errors;

import dev.osmo.cli.output.Failure;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Adds a next step to a failure without one: a list of existing names, or the help. */
public final class NextStep {
  private NextStep() {}

  /** Returns the failure unchanged if it has a next step or none is known. */
  public static Failure addedTo(Failure failure, CommandLine typed) {
    return failure.nextStep().isPresent()
        ? failure
        : after(failure, typed.getCommandSpec())
            .map(command -> failure.withNextStep("See: " + command))
            .orElse(failure);
  }

  /** The list in which to look for what is missing, if the message names it. */
  private static Optional<String> listOf(String what) {
    return what.startsWith("Role ")
        ? Optional.of("osmo admin role list")
        : Optional.of("osmo user list").filter(users -> what.startsWith("User "));
  }

  private static Optional<String> after(Failure failure, CommandSpec typed) {
    return switch (failure.exitCode()) {
      case NOT_FOUND, ALREADY_EXISTS -> listOf(failure.what()).or(() -> listBeside(typed));
      case USER_ERROR -> Optional.of(typed.qualifiedName() + " --help");
      case OK,
          REFUSED_SUBMISSION,
          STAYS_DISABLED,
          FOUND,
          INTERRUPTED,
          NOT_AUTHENTICATED,
          FORBIDDEN,
          SERVER_ERROR,
          TRY_LATER,
          COMMAND_NOT_EXECUTABLE,
          COMMAND_NOT_FOUND,
          OUTPUT_CLOSED ->
          Optional.empty();
    };
  }

  /** For example {@code token list} for all commands about a token. */
  private static Optional<String> listBeside(CommandSpec typed) {
    return Stream.ofNullable(typed.parent())
        .map(group -> group.subcommands().get("list"))
        .flatMap(Stream::ofNullable)
        .map(list -> list.getCommandSpec().qualifiedName())
        .findFirst();
  }
}
