package dev.osmo.cli;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Terminal;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** {@code osmo}: arguments in, exit code out. */
@QuarkusMain
class OsmoMain implements QuarkusApplication {
  private final IFactory beans;
  private final Terminal terminal;

  OsmoMain(IFactory beans, Terminal terminal) {
    this.beans = beans;
    this.terminal = terminal;
  }

  @Override
  public int run(String... args) {
    Interruption interruption = new Interruption();
    try (interruption) {
      int code = execute(args);
      if (!terminal.delivered() && code == ExitCode.OK.number()) {
        terminal.talk("Error: The result could not be written to the standard output.");
        return ExitCode.SERVER_ERROR.number();
      }
      return code;
    }
  }

  private int execute(String... args) {
    FailureReport report = new FailureReport(terminal);
    return new CommandLine(OsmoCommand.class, beans)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(report)
        .setExecutionExceptionHandler(report)
        .execute(args);
  }
}
