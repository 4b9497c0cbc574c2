package dev.osmo.cli.scan;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.SecretOption;
import dev.osmo.pat.PatText;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "generate",
    description =
        "Generate a well-formed token offline, for an operator to configure on a server. No server"
            + " accepts it yet.")
public class TokenGenerateCommand implements Runnable {
  @Mixin private SecretOption secret = new SecretOption();

  private final Output output;

  TokenGenerateCommand(Output output) {
    this.output = output;
  }

  @Override
  public void run() {
    secret.requireSecret("token");
    String token = PatText.random(new SecureRandom()).text();
    output.print(
        secret,
        Document.ofChange(Json.object().put("token", token)).onOneLine(),
        () -> Lines.of(token),
        () -> Lines.of(token));
  }
}
