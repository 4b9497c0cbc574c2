package dev.osmo.cli.auth;

import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
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
    String end = session.renewedCredential().jwt().expiresAt().toString();
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(Json.object().put("jwt_expires_at", end)), 2));
    } else {
      terminal.line("JWT renewed until " + end);
    }
  }
}
