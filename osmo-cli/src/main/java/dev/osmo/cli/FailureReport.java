package dev.osmo.cli;

import dev.osmo.cli.errors.ErrorDocument;
import dev.osmo.cli.errors.NextStep;
import dev.osmo.cli.errors.WrongUsage;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The only place where a failure becomes an exit code and a message on standard error. The terminal
 * masks tokens and JWTs, which may be in an argument or in a server's response.
 */
final class FailureReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Terminal terminal;

  FailureReport(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException wrongUsage, String[] args) {
    return report(WrongUsage.of(wrongUsage), wrongUsage.getCommandLine(), List.of(args));
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    Failure failure = thrown instanceof Failure expected ? expected : unexpected(thrown);
    return report(failure, commandLine, parsed.originalArgs());
  }

  private int report(Failure failure, CommandLine typed, List<String> args) {
    Failure complete = NextStep.addedTo(failure, typed);
    return ErrorDocument.isWanted(typed, args) ? document(complete) : report(complete);
  }

  private int document(Failure failure) {
    ErrorDocument.of(failure).lines().forEach(terminal::message);
    return failure.exitCode().number();
  }

  /** Reports exhausted memory or stack without a stack trace. */
  int exhausted(VirtualMachineError error) {
    return report(unexpected(error));
  }

  private int report(Failure failure) {
    String what = failure.what().strip().replaceAll("\\.+$", "");
    String next = failure.nextStep().map(step -> " " + step).orElse("");
    terminal.message("Error: " + what + "." + next);
    failure.requestId().ifPresent(id -> terminal.message("Request id: " + id));
    return failure.exitCode().number();
  }

  /** Only the class of the exception, because its message may contain a secret. */
  private static Failure unexpected(Throwable bug) {
    return Failure.of(
        ExitCode.SERVER_ERROR,
        "Internal error in osmo (" + bug.getClass().getSimpleName() + ")",
        "Report this with the command that you ran, without any token.");
  }
}
