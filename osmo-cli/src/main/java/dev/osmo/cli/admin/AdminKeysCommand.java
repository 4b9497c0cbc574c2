package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.session.Session;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "keys",
    description =
        "Show the public keys that verify the server's JWTs; to administrators, also their states.")
class AdminKeysCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();

  private final Session session;
  private final Server server;
  private final KeyStates states;
  private final Output output;

  AdminKeysCommand(Session session, Server server, KeyStates states, Output output) {
    this.states = states;
    this.session = session;
    this.server = server;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode received =
        server.send(session.requireServer(), OsmoApi.keys(), Optional.empty()).json();
    ArrayNode keys = table.sorted(withStates(received.path("keys")));
    ObjectNode response = Json.object();
    received.properties().forEach(member -> response.set(member.getKey(), member.getValue()));
    response.set("keys", keys);
    output.print(
        table,
        Document.ofQuery(response).withListIn("keys"),
        () -> Lines.of(keys.valueStream().map(key -> text(key, "kid")).toList()),
        () ->
            Lines.of(table(keys))
                .note(
                    "To rotate or revoke keys, run auth-exchange-service with rotate-keys or"
                        + " revoke-key KID."));
  }

  /** Null for a reader who is not an administrator. */
  private ArrayNode withStates(JsonNode keys) {
    Map<String, String> known = states.known();
    ArrayNode complete = Json.array();
    for (JsonNode key : keys) {
      complete.add(key.<ObjectNode>deepCopy().put("state", known.get(key.path("kid").asText())));
    }
    return complete;
  }

  private Table table(JsonNode keys) {
    Table rows = new Table().column("Key ID").column("Algorithm").column("State");
    if (table.isWide()) {
      rows.column("Type").column("Curve").column("Use");
    }
    for (JsonNode key : keys) {
      String kid = text(key, "kid");
      String alg = text(key, "alg");
      String state = key.hasNonNull("state") ? text(key, "state") : "-";
      rows.row(
          table.isWide()
              ? new String[] {kid, alg, state, text(key, "kty"), text(key, "crv"), text(key, "use")}
              : new String[] {kid, alg, state});
    }
    return rows;
  }

  private static String text(JsonNode key, String member) {
    return key.path(member).asText("-");
  }
}
