package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a user, optionally with roles.")
class UserCreateCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      paramLabel = "USER",
      description = "Id of the new user, for example an e-mail address.")
  private String id = "";

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Roles to assign to the user.")
  private List<String> roles = new ArrayList<>();

  private final Session session;
  private final Output output;

  UserCreateCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode response = session.call(OsmoApi.createUser(body()));
    output.print(format, Document.ofChange(response), () -> lines(response));
  }

  private Lines lines(JsonNode response) {
    Lines lines = Lines.of("User created: " + response.path("id").asText(id));
    return roles.isEmpty() ? lines : lines.line("Roles assigned: " + String.join(", ", roles));
  }

  private ObjectNode body() {
    ObjectNode body = Json.object().put("id", id);
    if (!roles.isEmpty()) {
      roles.forEach(body.putArray("roles")::add);
    }
    return body;
  }
}
