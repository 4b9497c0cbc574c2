package dev.osmo.cli.tokentext;

import dev.osmo.cli.options.SecretOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.token.Pat;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "generate",
    description =
        "Make up a well-formed token, offline, for an operator to hand to a server. No server knows"
            + " it yet.")
public class TokenGenerateCommand implements Runnable {
  @Mixin private SecretOption output = new SecretOption();

  private final Terminal terminal;

  TokenGenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    output.demandFieldsAmong("token");
    String token = Pat.random(new SecureRandom()).text();
    terminal.line(
        output.isJson() ? Json.onOneLine(output.chosen(Json.object().put("token", token))) : token);
  }
}
