package dev.osmo.cli.user;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One request per role, grants first; each line printed is a change that has already happened. */
@Command(name = "update", description = "Grant roles to a user or take them away.")
class UserUpdateCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = {"-a", "--add-roles"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles to grant.")
  private List<String> granted = new ArrayList<>();

  @Option(
      names = {"-r", "--remove-roles"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles to take away, from the user and from all of the user's tokens.")
  private List<String> removed = new ArrayList<>();

  private final Session session;
  private final Terminal terminal;

  UserUpdateCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (granted.isEmpty() && removed.isEmpty()) {
      throw Failure.of(
          ExitCode.USER_ERROR, "No updates specified", "Use --add-roles or --remove-roles.");
    }
    for (String role : granted) {
      session.call(UserPath.grant(id, role));
      report("Added role: " + role);
    }
    for (String role : removed) {
      session.call(UserPath.remove(id, role));
      report("Removed role: " + role);
    }
    if (format.isJson()) {
      terminal.block(Json.indented(session.call(UserPath.one("GET", id)), 2));
    }
  }

  /** With JSON asked for, stdout holds that document and nothing else. */
  private void report(String change) {
    if (format.isJson()) {
      terminal.talk(change);
    } else {
      terminal.line(change);
    }
  }
}
