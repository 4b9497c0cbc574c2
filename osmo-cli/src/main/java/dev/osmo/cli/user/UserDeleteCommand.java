package dev.osmo.cli.user;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a user with all roles and tokens.")
class UserDeleteCommand implements Runnable {
  @Parameters(paramLabel = "USER", description = "Id of the user.")
  private String id = "";

  @Option(
      names = {"-f", "--force"},
      description = "Do not ask.")
  private boolean force;

  private final Session session;
  private final Terminal terminal;

  UserDeleteCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (!force && !terminal.confirms("Delete user " + id + " with all roles and tokens?")) {
      terminal.line("Cancelled");
      return;
    }
    session.call(UserPath.one("DELETE", id));
    terminal.line("User deleted: " + id);
  }
}
