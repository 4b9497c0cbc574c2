package dev.osmo.cli.admin.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Make a role, or describe one anew.")
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
  private final Terminal terminal;

  RoleSetCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object().put("name", name);
    description.ifPresent(text -> body.put("description", text));
    JsonNode role = session.call(RolePath.one("PUT", name).withBody(body));
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(role), 2));
    } else {
      terminal.line("Role set: " + name);
    }
  }
}
