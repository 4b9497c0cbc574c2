package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.TableOption;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "keys", description = "Show the public keys that verify the server's JWTs.")
class AdminKeysCommand implements Runnable {
  @Mixin private TableOption table = new TableOption();

  private final Session session;
  private final Server server;
  private final Output output;

  AdminKeysCommand(Session session, Server server, Output output) {
    this.session = session;
    this.server = server;
    this.output = output;
  }

  @Override
  public void run() {
    JsonNode response =
        server.send(session.requireServer(), OsmoApi.keys(), Optional.empty()).json();
    JsonNode keys = response.path("keys");
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

  private Table table(JsonNode keys) {
    Table rows = new Table().column("Key ID").column("Algorithm");
    if (table.isWide()) {
      rows.column("Type").column("Curve").column("Use");
    }
    for (JsonNode key : keys) {
      String kid = text(key, "kid");
      String alg = text(key, "alg");
      rows.row(
          table.isWide()
              ? new String[] {kid, alg, text(key, "kty"), text(key, "crv"), text(key, "use")}
              : new String[] {kid, alg});
    }
    return rows;
  }

  private static String text(JsonNode key, String member) {
    return key.path(member).asText("-");
  }
}
