package dev.osmo.cli.user;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.removal.RemovalPreviews;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One request per change; each line printed is a change that has already happened. */
@Command(
    name = "update",
    description = "Grant roles to a user or take them away; disable a user or enable again.")
class UserUpdateCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private UserChanges changes = new UserChanges();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = "--dry-run",
      description = "Change nothing; show which tokens would lose the roles to be removed.")
  private boolean dryRun;

  private final Session session;
  private final RemovalPreviews previews;
  private final Terminal terminal;

  UserUpdateCommand(Session session, RemovalPreviews previews, Terminal terminal) {
    this.session = session;
    this.previews = previews;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (changes.areNone()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "No updates specified",
          "Use --add-roles or --remove-roles, --disable or --enable.");
    }
    if (dryRun) {
      previews.print(previews.ofUser(id, changes.removed()), format);
      return;
    }
    for (UserChanges.Change change : changes.of(id)) {
      session.call(change.request());
      report(change.done());
    }
    if (format.isJson()) {
      ServerRequest user = UserPath.one("GET", id);
      terminal.block(Json.indented(format.chosen(session.call(user)), 2));
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
