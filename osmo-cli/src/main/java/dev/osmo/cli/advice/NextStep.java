package dev.osmo.cli.advice;

import dev.osmo.cli.output.Failure;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What to type next when whoever failed did not know: what there is, or how the command works. */
public final class NextStep {
  private static final String ROLES = "osmo admin role list";

  private NextStep() {}

  /** The failure itself when it has a next step, or when none can be told. */
  public static Failure addedTo(Failure failure, CommandLine typed) {
    return failure.nextStep().isPresent()
        ? failure
        : after(failure, typed.getCommandSpec())
            .map(command -> failure.withNextStep("See: " + command))
            .orElse(failure);
  }

  private static Optional<String> after(Failure failure, CommandSpec typed) {
    return switch (failure.exitCode()) {
      case NOT_FOUND, ALREADY_EXISTS ->
          failure.what().startsWith("Role ") ? Optional.of(ROLES) : listBeside(typed);
      case USER_ERROR -> Optional.of(typed.qualifiedName() + " --help");
      case OK,
          REFUSED_SUBMISSION,
          FOUND,
          INTERRUPTED,
          NOT_AUTHENTICATED,
          FORBIDDEN,
          SERVER_ERROR,
          TRY_LATER,
          NOBODY_READS ->
          Optional.empty();
    };
  }

  /** {@code token list} for all that is done to a token. */
  private static Optional<String> listBeside(CommandSpec typed) {
    return Stream.ofNullable(typed.parent())
        .map(group -> group.subcommands().get("list"))
        .flatMap(Stream::ofNullable)
        .map(list -> list.getCommandSpec().qualifiedName())
        .findFirst();
  }
}
