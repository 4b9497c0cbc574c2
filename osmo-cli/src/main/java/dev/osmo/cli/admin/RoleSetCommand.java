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
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Create a role or change its description.")
class RoleSetCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ROLE", description = "Name of the role.")
  private String name = "";

  @Option(
      names = {"-d", "--description"},
      paramLabel = "TEXT",
      description = "What the role is for.")
  private Optional<String> description = Optional.empty();

  private final Session session;
  private final Output output;

  RoleSetCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("name", name);
    description.ifPresent(text -> body.put("description", text));
    JsonNode role = session.call(new OsmoApi.Role(name).put(body));
    output.print(format, Document.ofChange(role), () -> Lines.of("Role set: " + name));
  }
}
