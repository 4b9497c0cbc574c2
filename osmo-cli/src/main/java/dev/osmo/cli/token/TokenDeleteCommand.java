package dev.osmo.cli.token;

import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.token.address.TokenTarget;
import dev.osmo.cli.token.life.EndedToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "delete", description = "Delete a token: it stops working at once.")
class TokenDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final EndedToken ended;

  TokenDeleteCommand(EndedToken ended) {
    this.ended = ended;
  }

  @Override
  public void run() {
    ended.end(token, format, "deleted");
  }
}
