package dev.osmo.cli;

import dev.osmo.cli.admin.AdminCommand;
import dev.osmo.cli.api.ApiCommand;
import dev.osmo.cli.auth.AuthCommand;
import dev.osmo.cli.completion.CandidatesCommand;
import dev.osmo.cli.completion.CompletionCommand;
import dev.osmo.cli.context.ContextCommand;
import dev.osmo.cli.doctor.DoctorCommand;
import dev.osmo.cli.login.LoginCommand;
import dev.osmo.cli.login.LogoutCommand;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.profile.ProfileCommand;
import dev.osmo.cli.run.RunCommand;
import dev.osmo.cli.server.WireTrace;
import dev.osmo.cli.session.ContextChoice;
import dev.osmo.cli.token.TokenCommand;
import dev.osmo.cli.user.UserCommand;
import dev.osmo.cli.workflow.WorkflowCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import jakarta.enterprise.inject.Default;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@TopCommand
@Default
@Command(
    name = "osmo",
    description = "Work with an OSMO server.",
    subcommands = {
      LoginCommand.class,
      LogoutCommand.class,
      AuthCommand.class,
      ContextCommand.class,
      ApiCommand.class,
      RunCommand.class,
      ProfileCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      CandidatesCommand.class,
      TokenCommand.class,
      UserCommand.class,
      AdminCommand.class,
      WorkflowCommand.class,
      VersionCommand.class
    })
class OsmoCommand implements Runnable {

  private final ContextChoice context;
  private final WireTrace trace;
  private final Terminal terminal;

  /** Each invocation begins with nothing said: picocli calls a setter only for what was typed. */
  OsmoCommand(ContextChoice context, WireTrace trace, Terminal terminal) {
    this.context = context;
    this.trace = trace;
    this.terminal = terminal;
    context.onCommandLine(null);
    trace.enable(false);
    terminal.neverAsk(false);
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
      description = "Show requests and answers on stderr, every secret masked.")
  void debug(boolean wanted) {
    trace.enable(wanted);
  }

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "Never ask: a question is answered with no.")
  void noInput(boolean wanted) {
    terminal.neverAsk(wanted);
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
