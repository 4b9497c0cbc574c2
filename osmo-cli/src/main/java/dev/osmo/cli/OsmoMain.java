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
    FailureReport report = new FailureReport(terminal);
    int code =
        new CommandLine(OsmoCommand.class, beans)
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(report)
            .setExecutionExceptionHandler(report)
            .execute(args);
    boolean delivered = terminal.delivered();
    return code == ExitCode.OK.number() && !delivered ? ExitCode.SERVER_ERROR.number() : code;
  }
}
