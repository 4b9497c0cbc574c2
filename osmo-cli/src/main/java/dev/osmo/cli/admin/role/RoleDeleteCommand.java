package dev.osmo.cli.admin.role;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.removal.RemovalPreviews;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a role: every user who holds it loses it, and so do their tokens.")
class RoleDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();

  @Parameters(paramLabel = "ROLE", description = "Name of the role.")
  private String name = "";

  @Option(
      names = "--dry-run",
      description = "Delete nothing; show whose tokens would lose the role.")
  private boolean dryRun;

  private final Session session;
  private final RemovalPreviews previews;
  private final Terminal terminal;

  RoleDeleteCommand(Session session, RemovalPreviews previews, Terminal terminal) {
    this.session = session;
    this.previews = previews;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (dryRun) {
      previews.print(previews.ofRole(name), format);
    } else if (confirm.allows(
        terminal, format, "Delete role " + name + " and take it from everybody?")) {
      session.call(RolePath.one("DELETE", name));
      report();
    }
  }

  private void report() {
    if (format.isJson()) {
      ObjectNode json = Json.object().put("name", name).put("deleted", true);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Role deleted: " + name);
    }
  }
}
