package dev.osmo.cli.user;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a user and all of the user's role assignments and tokens.")
class UserDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = {"-f", "--force", "-y", "--yes"},
      description = "Do not ask for confirmation.")
  private boolean force;

  private final Session session;
  private final Output output;

  UserDeleteCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    String question = "Delete user " + id + " with all roles and tokens?";
    if (!force && !output.isConfirmed(format, question)) {
      return;
    }
    session.call(new OsmoApi.User(id).delete());
    output.print(
        format,
        Document.ofChange(Json.object().put("id", id).put("deleted", true)),
        () -> Lines.of("User deleted: " + id));
  }
}
