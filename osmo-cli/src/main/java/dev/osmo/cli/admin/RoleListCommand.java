package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the roles.")
class RoleListCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();

  private final Session session;
  private final Output output;

  RoleListCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode roles = table.sorted(session.call(OsmoApi.roles()));
    output.print(
        table,
        Document.ofQuery(roles),
        () -> Lines.of(roles.valueStream().map(role -> role.path("name").asText("-")).toList()),
        () -> roles.isEmpty() ? Lines.of("No roles found") : Lines.of(table(roles)));
  }

  private Table table(JsonNode roles) {
    Table rows = new Table().column("Name").column("Description");
    if (table.isWide()) {
      rows.column("Users");
    }
    for (JsonNode role : roles) {
      String name = role.path("name").asText("-");
      String description = role.path("description").asText("");
      rows.row(
          table.isWide()
              ? new String[] {name, description, Integer.toString(holders(name))}
              : new String[] {name, description});
    }
    return rows;
  }

  private int holders(String role) {
    return session.call(new OsmoApi.Role(role).users()).path("users").size();
  }
}
