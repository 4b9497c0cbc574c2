package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Asks the server, so that exit code 0 means that the login works, not that there is one. Order
 * matters: the request may renew the JWT that is described afterwards.
 */
@Command(
    name = "status",
    description = "Say where the login comes from, whether the server accepts it, until when.")
class AuthStatusCommand implements Runnable {
  private static final ServerRequest SETTINGS =
      ServerRequest.of("GET", "api", "profile", "settings");

  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Terminal terminal;

  AuthStatusCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode settings = settings();
    Credential credential = session.credential();
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(json(credential, settings)), 2));
    } else {
      print(credential, settings);
    }
  }

  /** Which login it is that does not work is half of the answer. */
  private JsonNode settings() {
    try {
      return session.call(SETTINGS);
    } catch (Failure unusable) {
      if (unusable.exitCode() == ExitCode.USER_ERROR) {
        throw unusable.withExitCode(ExitCode.NOT_AUTHENTICATED);
      }
      session.server().filter(url -> !format.isJson()).ifPresent(this::printPlace);
      throw unusable;
    }
  }

  private void printPlace(ServerUrl server) {
    String source = session.source();
    terminal.line("Server: " + server);
    terminal.line("Login from: " + source);
  }

  private void print(Credential credential, JsonNode settings) {
    JsonNode token = settings.path("token");
    List<String> roles = roles(settings);
    terminal.line("Server: " + credential.server());
    terminal.line("Login from: " + credential.source());
    terminal.line("User: " + settings.path("profile").path("username").asText("-"));
    terminal.line("Token: " + token.path("name").asText("-"));
    terminal.line("Token expires at (UTC): " + token.path("expires_at").asText("-"));
    terminal.line("JWT expires at (UTC): " + credential.jwt().expiresAt());
    terminal.line("Roles: " + (roles.isEmpty() ? "None" : String.join(", ", roles)));
  }

  private static ObjectNode json(Credential credential, JsonNode settings) {
    JsonNode token = settings.path("token");
    ObjectNode json =
        Json.object()
            .put("server", credential.server().text())
            .put("source", credential.source())
            .put("user", settings.path("profile").path("username").asText("-"))
            .put("token_name", token.path("name").asText("-"))
            .put("token_expires_at", token.path("expires_at").asText("-"))
            .put("jwt_expires_at", credential.jwt().expiresAt().toString());
    ArrayNode roles = json.putArray("roles");
    roles(settings).forEach(roles::add);
    return json;
  }

  private static List<String> roles(JsonNode settings) {
    return StreamSupport.stream(settings.path("roles").spliterator(), false)
        .map(JsonNode::asText)
        .sorted()
        .toList();
  }
}
