package dev.osmo.cli.token;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.FormatOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "delete", description = "Delete a token. It stops working immediately.")
class TokenDeleteCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final TokenInvalidation invalidation;

  TokenDeleteCommand(TokenInvalidation invalidation) {
    this.invalidation = invalidation;
  }

  @Override
  public void run() {
    invalidation.run(TokenInvalidation.Kind.DELETE, token, format, confirm);
  }
}
