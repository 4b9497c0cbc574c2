package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a user, with roles if you name some.")
class UserCreateCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      paramLabel = "USER",
      description = "Id of the new user, for example an e-mail address.")
  private String id = "";

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles the user gets.")
  private List<String> roles = new ArrayList<>();

  private final Session session;
  private final Terminal terminal;

  UserCreateCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(UserPath.all("POST").withBody(body()));
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(answer), 2));
      return;
    }
    terminal.line("User created: " + answer.path("id").asText(id));
    if (!roles.isEmpty()) {
      terminal.line("Roles assigned: " + String.join(", ", roles));
    }
  }

  private ObjectNode body() {
    ObjectNode body = Json.object().put("id", id);
    if (!roles.isEmpty()) {
      roles.forEach(body.putArray("roles")::add);
    }
    return body;
  }
}
