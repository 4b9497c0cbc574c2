package dev.osmo.cli.admin;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.rolepreview.RemovalPreviews;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a role. All users and access tokens lose it.")
class RoleDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();

  @Parameters(paramLabel = "ROLE", description = "Name of the role.")
  private String name = "";

  @Option(
      names = "--dry-run",
      description = "Delete nothing; show the tokens that would lose the role.")
  private boolean dryRun;

  private final Session session;
  private final RemovalPreviews previews;
  private final Output output;

  RoleDeleteCommand(Session session, RemovalPreviews previews, Output output) {
    this.session = session;
    this.previews = previews;
    this.output = output;
  }

  @Override
  public void run() {
    if (dryRun) {
      previews.print(previews.ofRole(name), format);
    } else if (confirm.allows(
        output, format, "Delete role " + name + " and remove it from all users?")) {
      session.call(new OsmoApi.Role(name).delete());
      output.print(
          format,
          Document.ofChange(Json.object().put("name", name).put("deleted", true)),
          () -> Lines.of("Role deleted: " + name));
    }
  }
}
