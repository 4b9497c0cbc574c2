package dev.osmo.cli.token;

import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.FormatOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "suspend", description = "Suspend a token. It does not work until it is resumed.")
class TokenSuspendCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfirmOption confirm = new ConfirmOption();
  @Mixin private TokenTarget token = new TokenTarget();

  private final TokenInvalidation invalidation;

  TokenSuspendCommand(TokenInvalidation invalidation) {
    this.invalidation = invalidation;
  }

  @Override
  public void run() {
    invalidation.run(TokenInvalidation.Kind.SUSPEND, token, format, confirm);
  }
}
