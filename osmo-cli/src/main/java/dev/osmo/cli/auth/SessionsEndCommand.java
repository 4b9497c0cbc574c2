package dev.osmo.cli.auth;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "end",
    description = "End a session, or with --all every session. Access tokens remain valid.")
class SessionsEndCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();
  @Mixin private SessionOwner owner = new SessionOwner();

  @Parameters(arity = "0..1", paramLabel = "SESSION", description = "Id of the session.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--all", description = "All sessions, also the one in use.")
  private boolean all;

  private final Session session;
  private final Output output;

  SessionsEndCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    if (id.isPresent() == all) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Specify either one session or --all",
          "See: osmo auth sessions list");
    }
    id.ifPresentOrElse(this::end, this::endAll);
  }

  private void end(String session) {
    if (confirm.allows(output, format, "End session " + session + owner.ofUser() + "?")) {
      this.session.call(owner.sessions(this.session).end(session));
      output.print(
          format,
          Document.ofChange(Json.object().put("id", session).put("ended", true)),
          () -> Lines.of("Session " + session + owner.ofUser() + " ended"));
    }
  }

  private void endAll() {
    String scope = owner.isNamed() ? owner.ofUser() : ", also the one in use";
    if (confirm.allows(output, format, "End all sessions" + scope + "?")) {
      int ended = session.call(owner.sessions(session).endAll()).path("ended").asInt();
      output.print(
          format,
          Document.ofChange(Json.object().put("ended", ended)),
          () -> Lines.of("Sessions" + owner.ofUser() + " ended: " + ended));
    }
  }
}
