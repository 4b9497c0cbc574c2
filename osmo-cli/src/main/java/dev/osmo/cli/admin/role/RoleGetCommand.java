package dev.osmo.cli.admin.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a role and who holds it.")
class RoleGetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ROLE", description = "Name of the role.")
  private String name = "";

  private final Session session;
  private final Terminal terminal;

  RoleGetCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode role = session.call(RolePath.one("GET", name));
    JsonNode users = session.call(RolePath.holders(name)).path("users");
    if (format.isJson()) {
      ObjectNode json = Json.object();
      role.properties().forEach(member -> json.set(member.getKey(), member.getValue()));
      json.set("users", users);
      terminal.block(Json.indented(format.found(json), 2));
      return;
    }
    terminal.line("Role: " + role.path("name").asText(name));
    terminal.line("Description: " + role.path("description").asText("-"));
    terminal.line("Users: " + (users.isEmpty() ? "None" : names(users)));
  }

  private static String names(JsonNode users) {
    return StreamSupport.stream(users.spliterator(), false)
        .map(user -> user.path("user_id").asText("-"))
        .collect(Collectors.joining(", "));
  }
}
