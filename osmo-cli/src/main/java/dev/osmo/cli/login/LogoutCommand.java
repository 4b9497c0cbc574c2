package dev.osmo.cli.login;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Contexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "logout", description = "Forget the login on this machine. The token stays valid.")
public class LogoutCommand implements Runnable {

  @Option(names = "--all", description = "Forget every login, not only the one in use.")
  private boolean all;

  private final Contexts contexts;
  private final Terminal terminal;

  LogoutCommand(Contexts contexts, Terminal terminal) {
    this.contexts = contexts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (all) {
      contexts.logoutAll();
    } else {
      contexts.logout();
    }
    terminal.line("Successfully logged out.");
  }
}
