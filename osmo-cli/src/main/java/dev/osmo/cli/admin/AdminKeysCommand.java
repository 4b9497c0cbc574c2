package dev.osmo.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.TableOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "keys",
    description = "Show the public keys that the server's JWTs are verified with.")
class AdminKeysCommand implements Runnable {
  @Mixin private TableOption output = new TableOption();

  private final Session session;
  private final Server server;
  private final Terminal terminal;

  AdminKeysCommand(Session session, Server server, Terminal terminal) {
    this.session = session;
    this.server = server;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode keys =
        server.send(url(), ServerRequest.of("GET", "api", "auth", "keys"), Optional.empty()).json();
    if (output.isJson()) {
      terminal.block(Json.indented(output.foundIn(keys, "keys"), 2));
    } else if (output.isQuiet()) {
      keys.path("keys").forEach(key -> terminal.line(text(key, "kid")));
    } else {
      terminal.block(table(keys.path("keys")));
      terminal.talk(
          "Keys are rotated and revoked where the exchange runs: rotate-keys, revoke-key KID.");
    }
  }

  /** Without any login, asking for one says what helps. */
  private ServerUrl url() {
    return session.server().orElseGet(() -> session.credential().server());
  }

  private Table table(JsonNode keys) {
    Table table = new Table().column("Key ID").column("Algorithm");
    if (output.isWide()) {
      table.column("Type").column("Curve").column("Use");
    }
    for (JsonNode key : keys) {
      String kid = text(key, "kid");
      String alg = text(key, "alg");
      table.row(
          output.isWide()
              ? new String[] {kid, alg, text(key, "kty"), text(key, "crv"), text(key, "use")}
              : new String[] {kid, alg});
    }
    return table;
  }

  private static String text(JsonNode key, String member) {
    return key.path(member).asText("-");
  }
}
