package dev.osmo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.transport.Server;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Show the versions of this client and of the server.")
class VersionCommand implements Runnable {
  private static final RawRequest VERSION =
      ServerRequest.of("GET", "api", "version").raw().repeated(Repetition.NEVER);

  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Server server;
  private final Terminal terminal;
  private final String version;

  VersionCommand(
      Session session,
      Server server,
      Terminal terminal,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.session = session;
    this.server = server;
    this.terminal = terminal;
    this.version = version;
  }

  @Override
  public void run() {
    Optional<JsonNode> service = service();
    if (format.isJson()) {
      ObjectNode both = Json.object();
      both.set("client", client());
      both.set("service", service.orElse(NullNode.getInstance()));
      terminal.block(Json.indented(format.found(both), 4));
      return;
    }
    terminal.line("OSMO client version:  " + dotted(client()));
    service.ifPresent(found -> terminal.line("OSMO service version: " + dotted(found)));
  }

  /**
   * Empty when there is no server to ask or none that answers: that is no reason not to tell our
   * own version.
   */
  private Optional<JsonNode> service() {
    try {
      return session.server().map(url -> server.send(url, VERSION, Optional.empty()).json());
    } catch (Failure unreachable) {
      return Optional.empty();
    }
  }

  private ObjectNode client() {
    String[] parts = (version + "...").split("\\.", -1);
    return Json.object()
        .put("major", parts[0])
        .put("minor", parts[1])
        .put("revision", parts[2])
        .put("hash", "");
  }

  private static String dotted(JsonNode version) {
    return version.path("major").asText()
        + "."
        + version.path("minor").asText()
        + "."
        + version.path("revision").asText();
  }
}
