package dev.osmo.cli;

import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.WireTrace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options of {@code osmo} and of all its commands. */
@Command(
    name = "osmo",
    description = "Work with an OSMO server.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:Success.",
      " 1:A workflow was refused, or token scan found tokens.",
      " 2:Wrong usage, or an error that you can fix.",
      " 3:Interrupted.",
      " 4:Not logged in, or the server does not accept the credential.",
      " 5:Not found.",
      " 6:Already exists.",
      " 7:Forbidden.",
      "10:Server or network error.",
      "75:Try again later.",
      "126:The command of osmo run cannot be started.",
      "127:The command of osmo run does not exist.",
      "141:The program that read the output exited."
    })
abstract class RootCommand implements Runnable {

  private final RequestedContext context;
  private final WireTrace trace;
  private final Terminal terminal;

  /** Resets the options, because picocli calls a setter only for options that were typed. */
  RootCommand(RequestedContext context, WireTrace trace, Terminal terminal) {
    this.context = context;
    this.trace = trace;
    this.terminal = terminal;
    context.onCommandLine(null);
    trace.enable(false);
    terminal.questions().disable(false);
  }

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The context to use (default: OSMO_CONTEXT, else the current one).")
  void context(@Nullable String name) {
    context.onCommandLine(name);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print requests and responses to standard error, with tokens and JWTs masked.")
  void debug(boolean enabled) {
    trace.enable(enabled);
  }

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "Never ask questions. A command that needs an answer fails with exit code 2.")
  void noInput(boolean disabled) {
    terminal.questions().disable(disabled);
  }

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Print help without colours, as with NO_COLOR or TERM=dumb.")
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
    HelpSections.brief(spec.commandLine()).usage(spec.commandLine().getOut());
  }
}
