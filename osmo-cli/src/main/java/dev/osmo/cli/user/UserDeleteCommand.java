package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a user with all roles and tokens.")
class UserDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = {"-f", "--force", "-y", "--yes"},
      description = "Do not ask.")
  private boolean force;

  private final Session session;
  private final Terminal terminal;

  UserDeleteCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String question = "Delete user " + id + " with all roles and tokens?";
    if (!force && !ConfirmOption.isYes(terminal, format, question)) {
      return;
    }
    session.call(UserPath.one("DELETE", id));
    if (format.isJson()) {
      ObjectNode json = Json.object().put("id", id).put("deleted", true);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("User deleted: " + id);
    }
  }
}
