package dev.osmo.cli.token;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a token: it stops working at once.")
class TokenDeleteCommand implements Runnable {

  @Parameters(paramLabel = "NAME", description = "Name of the token.")
  private String name = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Delete this user's token; for administrators.")
  private Optional<String> user = Optional.empty();

  private final Session session;
  private final Terminal terminal;

  TokenDeleteCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    session.call(TokenPath.one("DELETE", user, new TokenName(name)));
    terminal.line(
        "Access token " + name + " deleted" + user.map(id -> " for user " + id).orElse(""));
  }
}
