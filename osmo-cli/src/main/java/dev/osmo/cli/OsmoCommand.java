package dev.osmo.cli;

import dev.osmo.cli.login.LoginCommand;
import dev.osmo.cli.login.LogoutCommand;
import dev.osmo.cli.token.TokenCommand;
import dev.osmo.cli.user.UserCommand;
import dev.osmo.cli.workflow.WorkflowCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@TopCommand
@Command(
    name = "osmo",
    description = "Work with an OSMO server.",
    subcommands = {
      LoginCommand.class,
      LogoutCommand.class,
      TokenCommand.class,
      UserCommand.class,
      WorkflowCommand.class,
      VersionCommand.class
    })
class OsmoCommand implements Runnable {

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
