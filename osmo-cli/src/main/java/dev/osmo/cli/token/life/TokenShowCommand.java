package dev.osmo.cli.token.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.token.address.TokenTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "show",
    description = "Show all that is known about a token: state, roles, last use, secrets.")
public class TokenShowCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final Session session;
  private final Terminal terminal;

  TokenShowCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    JsonNode answer = session.call(token.request("GET"));
    if (format.isJson()) {
      terminal.block(Json.indented(format.found(answer), 2));
    } else {
      new ShownToken(answer).lines().forEach(terminal::line);
    }
  }
}
