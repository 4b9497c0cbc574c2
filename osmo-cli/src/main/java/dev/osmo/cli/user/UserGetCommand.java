package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.GrantedRoles;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a user and the roles that user holds.")
class UserGetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  private final Session session;
  private final Terminal terminal;

  UserGetCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(UserPath.one("GET", id));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(answer), 2));
      return;
    }
    ListedUser user = ListedUser.of(answer);
    terminal.line("User ID: " + user.id());
    terminal.line("Created At: " + user.createdOn());
    terminal.line("Created By: " + user.createdBy());
    terminal.line("");
    GrantedRoles.of(answer.path("roles")).lines().forEach(terminal::line);
  }
}
