package dev.osmo.cli.login;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "logout", description = "Forget the login on this machine. The token stays valid.")
public class LogoutCommand implements Runnable {

  private final Session session;
  private final Terminal terminal;

  LogoutCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    session.logout();
    terminal.line("Successfully logged out.");
  }
}
