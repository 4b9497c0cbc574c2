package dev.osmo.cli.admin.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the roles.")
class RoleListCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();

  private final Session session;
  private final Terminal terminal;

  RoleListCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode roles = session.call(RolePath.all());
    if (output.isJson()) {
      terminal.block(Json.indented(output.found(roles), 2));
    } else if (output.isQuiet()) {
      roles.forEach(role -> terminal.line(role.path("name").asText("-")));
    } else if (roles.isEmpty()) {
      terminal.line("No roles found");
    } else {
      terminal.block(table(roles));
    }
  }

  private Table table(JsonNode roles) {
    Table table = new Table().column("Name").column("Description");
    if (output.isWide()) {
      table.column("Users");
    }
    for (JsonNode role : roles) {
      String name = role.path("name").asText("-");
      String description = role.path("description").asText("");
      table.row(
          output.isWide()
              ? new String[] {name, description, Integer.toString(holders(name))}
              : new String[] {name, description});
    }
    return table;
  }

  private int holders(String role) {
    return session.call(RolePath.holders(role)).path("users").size();
  }
}
