package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a role and the users who hold it.")
class RoleGetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ROLE", description = "Name of the role.")
  private String name = "";

  private final Session session;
  private final Output output;

  RoleGetCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    OsmoApi.Role api = new OsmoApi.Role(name);
    JsonNode role = session.call(api.get());
    JsonNode users = session.call(api.users()).path("users");
    output.print(format, Document.ofQuery(json(role, users)), () -> lines(role, users));
  }

  private static JsonNode json(JsonNode role, JsonNode users) {
    ObjectNode json = Json.object();
    role.properties().forEach(member -> json.set(member.getKey(), member.getValue()));
    json.set("users", users);
    return json;
  }

  private Lines lines(JsonNode role, JsonNode users) {
    return Lines.of(
        "Role: " + role.path("name").asText(name),
        "Description: " + role.path("description").asText("-"),
        "Users: " + (users.isEmpty() ? "None" : names(users)));
  }

  private static String names(JsonNode users) {
    return StreamSupport.stream(users.spliterator(), false)
        .map(user -> user.path("user_id").asText("-"))
        .collect(Collectors.joining(", "));
  }
}
