package dev.osmo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Retry;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Show the versions of this client and of the server.")
class VersionCommand implements Runnable {
  private static final RawRequest VERSION = OsmoApi.version().raw().withRetry(Retry.NEVER);

  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Server server;
  private final Output output;
  private final String version;

  VersionCommand(
      Session session,
      Server server,
      Output output,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.session = session;
    this.server = server;
    this.output = output;
    this.version = version;
  }

  @Override
  public void run() {
    Optional<JsonNode> service = service();
    output.print(format, Document.ofQuery(json(service)).indentedBy(4), () -> lines(service));
  }

  private JsonNode json(Optional<JsonNode> service) {
    ObjectNode both = Json.object();
    both.set("client", client());
    both.set("service", service.orElse(NullNode.getInstance()));
    return both;
  }

  private Lines lines(Optional<JsonNode> service) {
    Lines lines = Lines.of("OSMO client version:  " + dotted(client()));
    service.ifPresent(found -> lines.line("OSMO service version: " + dotted(found)));
    return lines;
  }

  /** Empty if there is no server or it does not respond: the client's version is printed anyway. */
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
