package dev.osmo.cli;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.transport.WireTrace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What {@code osmo} itself takes, and every command below it. */
@Command(
    name = "osmo",
    description = "Work with an OSMO server.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:Done.",
      " 1:A workflow was refused, or token scan found tokens.",
      " 2:Wrong use, or an error that you can mend.",
      " 3:Interrupted.",
      " 4:Not logged in, or the server does not accept the login.",
      " 5:Not found.",
      " 6:Exists already.",
      " 7:Forbidden.",
      "10:Server or network.",
      "75:Try again later.",
      "141:Nobody reads the output any more."
    })
abstract class RootCommand implements Runnable {

  private final ContextChoice context;
  private final WireTrace trace;
  private final Terminal terminal;

  /** Each invocation begins with nothing said: picocli calls a setter only for what was typed. */
  RootCommand(ContextChoice context, WireTrace trace, Terminal terminal) {
    this.context = context;
    this.trace = trace;
    this.terminal = terminal;
    context.onCommandLine(null);
    trace.enable(false);
    terminal.questions().neverAsk(false);
  }

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The login to use (default: OSMO_CONTEXT, else the current one).")
  void context(@Nullable String name) {
    context.onCommandLine(name);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show requests and answers on stderr, tokens and JWTs masked.")
  void debug(boolean wanted) {
    trace.enable(wanted);
  }

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "Never ask: what cannot go on without an answer ends with exit code 2.")
  void noInput(boolean wanted) {
    terminal.questions().neverAsk(wanted);
  }

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours in help texts; NO_COLOR and TERM=dumb say the same.")
  boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean helpRequested;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
