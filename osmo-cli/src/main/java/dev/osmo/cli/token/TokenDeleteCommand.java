package dev.osmo.cli.token;

import dev.osmo.cli.output.FormatOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "delete", description = "Delete a token. It stops working immediately.")
class TokenDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final TokenDeletion deletion;

  TokenDeleteCommand(TokenDeletion deletion) {
    this.deletion = deletion;
  }

  @Override
  public void run() {
    deletion.delete(token, format, "deleted");
  }
}
