package dev.osmo.cli.auth;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;

@Command(
    name = "refresh",
    description = "Exchange the token for a new JWT now, for example to lose a role at once.")
class AuthRefreshCommand implements Runnable {
  private final Session session;
  private final Terminal terminal;

  AuthRefreshCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.line("JWT renewed until " + session.renewedCredential().jwt().expiresAt());
  }
}
