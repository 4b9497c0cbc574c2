package dev.osmo.cli;

import dev.osmo.cli.admin.AdminCommand;
import dev.osmo.cli.api.ApiCommand;
import dev.osmo.cli.auth.AuthCommand;
import dev.osmo.cli.completion.CandidatesCommand;
import dev.osmo.cli.completion.CompletionCommand;
import dev.osmo.cli.context.ContextCommand;
import dev.osmo.cli.doctor.DoctorCommand;
import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.login.LoginCommand;
import dev.osmo.cli.login.LogoutCommand;
import dev.osmo.cli.man.ManCommand;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.profile.ProfileCommand;
import dev.osmo.cli.run.RunCommand;
import dev.osmo.cli.server.WireTrace;
import dev.osmo.cli.sidecar.SidecarCommand;
import dev.osmo.cli.token.TokenCommand;
import dev.osmo.cli.user.UserCommand;
import dev.osmo.cli.workflow.WorkflowCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import jakarta.enterprise.inject.Default;
import picocli.CommandLine.Command;

/** {@code osmo} with all its commands. */
@TopCommand
@Default
@Command(
    subcommands = {
      LoginCommand.class,
      LogoutCommand.class,
      AuthCommand.class,
      ContextCommand.class,
      ApiCommand.class,
      RunCommand.class,
      SidecarCommand.class,
      ProfileCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      CandidatesCommand.class,
      TokenCommand.class,
      UserCommand.class,
      AdminCommand.class,
      WorkflowCommand.class,
      VersionCommand.class
    })
class OsmoCommand extends RootCommand {
  OsmoCommand(RequestedContext context, WireTrace trace, Terminal terminal) {
    super(context, trace, terminal);
  }
}
