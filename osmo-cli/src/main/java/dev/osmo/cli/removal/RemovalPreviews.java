package dev.osmo.cli.removal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Collection;

/** Asks the server what removals would do, and prints it. Changes nothing. */
@Singleton
public class RemovalPreviews {
  private final Session session;
  private final Terminal terminal;

  RemovalPreviews(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  /** One user losing these roles, each seen by itself. */
  public ArrayNode ofUser(String user, Collection<String> roles) {
    ArrayNode previews = Json.array();
    roles.forEach(role -> previews.add(one(user, role)));
    return previews;
  }

  /** Everybody who holds the role losing it. */
  public ArrayNode ofRole(String role) {
    JsonNode holders = session.call(ServerRequest.of("GET", "api", "auth", "roles", role, "users"));
    ArrayNode previews = Json.array();
    holders
        .path("users")
        .forEach(holder -> previews.add(one(holder.path("user_id").asText(), role)));
    return previews;
  }

  public void print(ArrayNode previews, FormatOption format) {
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(previews), 2));
    } else if (previews.isEmpty()) {
      terminal.line("No token would change.");
    } else {
      previews.forEach(preview -> new RemovalPreview(preview).lines().forEach(terminal::line));
    }
  }

  private JsonNode one(String user, String role) {
    return session.call(
        ServerRequest.of("GET", "api", "auth", "user", user, "roles", role, "removal"));
  }
}
