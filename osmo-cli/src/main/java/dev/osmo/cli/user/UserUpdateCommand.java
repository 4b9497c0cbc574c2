package dev.osmo.cli.user;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.rolepreview.RemovalPreviews;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one request per change. Each printed line is a change that was made. */
@Command(
    name = "update",
    description = "Assign roles to a user or remove them; disable or enable a user.")
class UserUpdateCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private UserChanges changes = new UserChanges();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = "--dry-run",
      description = "Change nothing; show the tokens that would lose the roles to remove.")
  private boolean dryRun;

  private final Session session;
  private final RemovalPreviews previews;
  private final Output output;

  UserUpdateCommand(Session session, RemovalPreviews previews, Output output) {
    this.session = session;
    this.previews = previews;
    this.output = output;
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
    for (UserChanges.Change change : changes.of(id, previews::requireRole)) {
      ServerResponse response = session.response(change.request().raw());
      response.json();
      output.tell(format, change.done().apply(response));
    }
    output.print(
        format, () -> Document.ofChange(session.call(new OsmoApi.User(id).get())), Lines::of);
  }
}
