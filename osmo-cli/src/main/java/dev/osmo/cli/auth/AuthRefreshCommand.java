package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "refresh",
    description = "Exchange the token for a new JWT now, for example to lose a role at once.")
class AuthRefreshCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Terminal terminal;

  AuthRefreshCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Instant end = session.renewedCredential().jwt().expiresAt();
    if (format.isJson()) {
      ObjectNode json = Json.object().put("jwt_expires_at", end.toString());
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("JWT renewed until " + end);
    }
  }
}
