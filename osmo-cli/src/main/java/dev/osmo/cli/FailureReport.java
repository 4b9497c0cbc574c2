package dev.osmo.cli;

import dev.osmo.cli.advice.ErrorDocument;
import dev.osmo.cli.advice.NextStep;
import dev.osmo.cli.advice.WrongUsage;
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
 * The one place where something that went wrong becomes an exit code and lines on stderr, where the
 * terminal masks tokens and JWTs: an unknown argument or a server's answer may hold one.
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
    Failure told = NextStep.addedTo(failure, typed);
    return ErrorDocument.isWanted(typed, args) ? document(told) : report(told);
  }

  private int document(Failure failure) {
    ErrorDocument.of(failure).lines().forEach(terminal::talk);
    return failure.exitCode().number();
  }

  /** An answer that no memory or stack can hold must not end in a trace of ours. */
  int exhausted(VirtualMachineError error) {
    return report(unexpected(error));
  }

  private int report(Failure failure) {
    String what = failure.what().strip().replaceAll("\\.+$", "");
    String next = failure.nextStep().map(step -> " " + step).orElse("");
    terminal.talk("Error: " + what + "." + next);
    failure.requestId().ifPresent(id -> terminal.talk("Request id: " + id));
    return failure.exitCode().number();
  }

  /** Only the kind of the exception: its message may quote a secret. */
  private static Failure unexpected(Throwable bug) {
    return Failure.of(
        ExitCode.SERVER_ERROR,
        "osmo itself failed (" + bug.getClass().getSimpleName() + ")",
        "Please report this with the command you typed, without any token.");
  }
}
