package dev.osmo.cli.tokentext;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Pat;
import java.security.SecureRandom;
import picocli.CommandLine.Command;

@Command(
    name = "generate",
    description =
        "Make up a well-formed token, offline, for an operator to hand to a server. No server knows"
            + " it yet.")
public class TokenGenerateCommand implements Runnable {
  private final Terminal terminal;

  TokenGenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.line(Pat.random(new SecureRandom()).text());
  }
}
