package dev.osmo.cli.token.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.token.address.TokenTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "suspend",
    description = "Put a token to sleep: it does not work until it is resumed.")
public class TokenSuspendCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final Session session;
  private final Terminal terminal;

  TokenSuspendCommand(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    // Twice is as once.
    RawRequest request = token.request("POST", "suspend").raw().repeated(Repetition.HARMLESS);
    JsonNode answer = session.answer(request).json();
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(answer), 2));
    } else {
      terminal.line("Access token " + token.name() + " suspended" + token.forUser());
    }
  }
}
